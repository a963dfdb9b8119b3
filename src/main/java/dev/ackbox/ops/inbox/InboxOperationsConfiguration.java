package dev.ackbox.ops.inbox;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators have done, in health and metrics. */
@Configuration(proxyBeanMethods = false)
class InboxOperationsConfiguration {

    @Bean
    HealthIndicator consumersHealthIndicator(Inbox inbox) {
        return new ConsumersHealthIndicator(inbox);
    }

    @Bean
    MeterBinder pausedMeters(Inbox inbox, Consumer handlersConsumer) {
        return registry -> Gauge.builder(
                        "ackbox.inbox.paused", handlersConsumer, it -> it.isPaused() && inbox.isReporter() ? 1 : 0)
                .description("Whether an operator has paused the consumer")
                .tag("consumer", handlersConsumer.name())
                .register(registry);
    }
}
