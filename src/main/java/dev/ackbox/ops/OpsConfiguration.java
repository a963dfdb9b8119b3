package dev.ackbox.ops;

import dev.ackbox.addresses.DailyRefresh;
import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.http.WatchedFiles;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.ops.inbox.Audit;
import dev.ackbox.watch.AccountState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What an operator sees. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OpsProperties.class, TrafficProperties.class, EndpointsProperties.class})
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
    WarmUp warmUp(OpsProperties properties, Clock clock) {
        return new WarmUp(properties.warmUp(), clock);
    }

    @Bean
    Drift drift(OpsProperties properties, Clock clock) {
        return new Drift(properties.drift().accepted(), clock);
    }

    @Bean
    @Conditional(OnManagementUser.class)
    DriftEndpoint driftEndpoint(Drift drift) {
        return new DriftEndpoint(drift);
    }

    @Bean
    @Conditional(OnManagementUser.class)
    WhatsAppEndpoint whatsAppEndpoint(AccountState state, Clock clock) {
        return new WhatsAppEndpoint(state, new Audit(), clock);
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
    AwaitedEndpoints awaitedEndpoints(EndpointsProperties properties, Clock clock) {
        return new AwaitedEndpoints(
                properties.served().keySet(),
                clock,
                CompletableFuture.delayedExecutor(AwaitedEndpoints.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Only where a file is refreshed. */
    @Bean
    MeterBinder addressesMeters(ObjectProvider<DailyRefresh> refresh) {
        return registry -> refresh.ifAvailable(daily -> Gauge.builder(
                        "ackbox.addresses.age",
                        daily.file(),
                        file -> file.age()
                                .map(Duration::toMillis)
                                .map(millis -> millis / 1000.0)
                                .orElse(Double.NaN))
                .description("Since the list of Meta's addresses was refreshed")
                .baseUnit("seconds")
                .register(registry));
    }

    @Bean
    RequestMeters requestMeters(MeterRegistry registry, AwaitedEndpoints awaited) {
        return new RequestMeters(registry, awaited);
    }

    @Bean
    IntakeMeters intakeMeters(MeterRegistry registry, AwaitedEndpoints awaited, Traffic traffic) {
        return new IntakeMeters(registry, awaited, traffic);
    }

    @Bean
    DispatchMeters dispatchMeters(MeterRegistry registry, Drift drift) {
        return new DispatchMeters(registry, drift);
    }

    @Bean
    WhatsAppMeters whatsAppMeters(MeterRegistry registry) {
        return new WhatsAppMeters(registry);
    }

    @Bean
    InboxMeters inboxMeters(Inbox inbox, Consumer handlersConsumer, Clock clock) {
        return new InboxMeters(inbox, handlersConsumer, clock);
    }

    @Bean
    MeterBinder handlerMeters(Dispatcher dispatcher) {
        return registry -> Gauge.builder("ackbox.handler.abandoned", dispatcher, Dispatcher::leftBehind)
                .description("Calls that ignored their interruption and still run")
                .register(registry);
    }

    @Bean
    HealthIndicator inboxHealthIndicator(Inbox inbox, Consumer handlersConsumer, OpsProperties properties) {
        return new InboxHealthIndicator(
                inbox, handlersConsumer, properties.health().maxWaiting());
    }

    @Bean
    HealthIndicator handlersHealthIndicator(Dispatcher dispatcher) {
        return new HandlersHealthIndicator(dispatcher);
    }

    @Bean
    @ConditionalOnWebApplication
    HealthIndicator sendersHealthIndicator(WatchedFiles files) {
        return new SendersHealthIndicator(files::unreadable);
    }

    @Bean
    @ConditionalOnWebApplication
    HealthIndicator endpointsHealthIndicator(AwaitedEndpoints awaited) {
        return new EndpointsHealthIndicator(awaited);
    }
}
