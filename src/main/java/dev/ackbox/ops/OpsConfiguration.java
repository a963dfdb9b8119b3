package dev.ackbox.ops;

import dev.ackbox.inbox.Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator sees. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpsProperties.class)
class OpsConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }

    @Bean
    MeterBinder backlogMeters(Inbox inbox, Clock clock) {
        return Meters.backlog(inbox, clock);
    }

    @Bean
    HealthIndicator inboxHealthIndicator(Inbox inbox, OpsProperties properties) {
        return new InboxHealthIndicator(inbox, properties.maxWaiting());
    }
}
