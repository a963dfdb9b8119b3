package dev.ackbox.dispatch;

import dev.ackbox.inbox.Inbox;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything between the inbox and the handlers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DispatchProperties.class, ScreeningProperties.class})
class DispatchConfiguration {

    @Bean
    Dispatcher dispatcher(
            Inbox inbox,
            ConfigurableListableBeanFactory beans,
            DispatchProperties properties,
            ScreeningProperties screening,
            DispatchObserver observer,
            Clock clock) {
        return new Dispatcher(
                inbox, new EndpointScreen(screening), HandlerRegistry.find(beans), properties, observer, clock);
    }
}
