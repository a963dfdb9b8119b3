package dev.ackbox.dispatch;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.Start;
import dev.ackbox.watch.Watch;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything between the inbox and the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DispatchProperties.class, ScreeningProperties.class})
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
            ScreeningProperties screening,
            Watch watch,
            DispatchObserver observer,
            Clock clock) {
        return new Dispatcher(
                handlersConsumer,
                new EndpointScreen(screening),
                watch,
                HandlerRegistry.find(beans),
                properties,
                observer,
                clock);
    }
}
