package dev.ackbox.ops;

import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.http.SenderFiles;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.ops.inbox.Audit;
import dev.ackbox.watch.AccountState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What an operator sees. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DriftProperties.class,
    OpsProperties.class,
    TrafficProperties.class,
    WarmUpProperties.class
})
class OpsConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    static SettingsCheck settingsCheck(Environment environment) {
        return new SettingsCheck(environment);
    }

    @Bean
    WarmUp warmUp(WarmUpProperties properties, Clock clock) {
        return new WarmUp(properties.warmUp(), clock);
    }

    @Bean
    Drift drift(DriftProperties properties, Clock clock) {
        return new Drift(properties.accepted(), clock);
    }

    @Bean
    @ConditionalOnManagementUser
    DriftEndpoint driftEndpoint(Drift drift) {
        return new DriftEndpoint(drift);
    }

    @Bean
    @ConditionalOnManagementUser
    WhatsAppEndpoint whatsAppEndpoint(AccountState state, Clock clock) {
        return new WhatsAppEndpoint(state, new Audit(), clock);
    }

    @Bean
    Meters meters(MeterRegistry registry, Drift drift, Traffic traffic) {
        return new Meters(registry, drift, traffic);
    }

    @Bean
    Traffic traffic(TrafficProperties properties, MeterRegistry registry, Clock clock) {
        return new Traffic(properties, registry, clock);
    }

    @Bean
    HealthIndicator trafficHealthIndicator(Traffic traffic) {
        return new TrafficHealthIndicator(traffic);
    }

    @Bean
    WhatsAppMeters whatsAppMeters(MeterRegistry registry) {
        return new WhatsAppMeters(registry);
    }

    @Bean
    MeterBinder inboxMeters(Inbox inbox) {
        return Meters.inbox(inbox);
    }

    @Bean
    MeterBinder backlogMeters(Consumer handlersConsumer, Clock clock) {
        return Meters.backlog(handlersConsumer, clock);
    }

    @Bean
    MeterBinder handlerMeters(Dispatcher dispatcher) {
        return Meters.handlers(dispatcher);
    }

    @Bean
    HealthIndicator inboxHealthIndicator(Inbox inbox, Consumer handlersConsumer, OpsProperties properties) {
        return new InboxHealthIndicator(inbox, handlersConsumer, properties.maxWaiting());
    }

    @Bean
    HealthIndicator handlersHealthIndicator(Dispatcher dispatcher) {
        return new HandlersHealthIndicator(dispatcher);
    }

    @Bean
    @ConditionalOnWebApplication
    HealthIndicator sendersHealthIndicator(SenderFiles files) {
        return new SendersHealthIndicator(files);
    }
}
