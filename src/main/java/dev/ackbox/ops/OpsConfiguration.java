package dev.ackbox.ops;

import dev.ackbox.http.SenderAuthorities;
import dev.ackbox.http.SenderFiles;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.LatestValues;
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
    Drift drift(Clock clock) {
        return new Drift(clock);
    }

    @Bean
    @ConditionalOnManagementUser
    DriftEndpoint driftEndpoint(Drift drift) {
        return new DriftEndpoint(drift);
    }

    @Bean
    StoredAccountState accountState(LatestValues values) {
        return new StoredAccountState(values);
    }

    @Bean
    @ConditionalOnManagementUser
    WhatsAppEndpoint whatsAppEndpoint(StoredAccountState state, Clock clock) {
        return new WhatsAppEndpoint(state, clock);
    }

    @Bean
    Meters meters(MeterRegistry registry, Drift drift, Clock clock) {
        return new Meters(registry, drift, clock);
    }

    @Bean
    WhatsAppMeters whatsAppMeters(MeterRegistry registry) {
        return new WhatsAppMeters(registry);
    }

    @Bean
    MeterBinder backlogMeters(Inbox inbox, Clock clock) {
        return Meters.backlog(inbox, clock);
    }

    @Bean
    HealthIndicator inboxHealthIndicator(Inbox inbox, OpsProperties properties) {
        return new InboxHealthIndicator(inbox, properties.maxWaiting());
    }

    @Bean
    HealthIndicator sendersHealthIndicator(SenderFiles files, SenderAuthorities authorities, Clock clock) {
        return new SendersHealthIndicator(files, authorities, clock);
    }
}
