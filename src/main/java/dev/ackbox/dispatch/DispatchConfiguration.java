package dev.ackbox.dispatch;

import dev.ackbox.dispatch.EndpointScreen.Rules;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Start;
import dev.ackbox.watch.Watch;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything between the inbox and the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DispatchProperties.class, EndpointsProperties.class})
class DispatchConfiguration {

    /** All handler beans together. A new one begins with the oldest record, so that it misses nothing. */
    @Bean(destroyMethod = "close")
    Consumer handlersConsumer(Inbox inbox) {
        return inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    @Bean
    Dispatcher dispatcher(
            Consumer handlersConsumer,
            ConfigurableListableBeanFactory beans,
            DispatchProperties properties,
            EndpointsProperties endpoints,
            Watch watch,
            DispatchObserver observer,
            Clock clock) {
        Map<String, Rules> rules = new HashMap<>();
        endpoints.endpoints().forEach((name, endpoint) -> rules.put(name, Rules.of(endpoint)));
        return new Dispatcher(
                handlersConsumer,
                new EndpointScreen(rules),
                watch,
                HandlerRegistry.find(beans, properties),
                properties,
                observer,
                clock);
    }
}
