package dev.ackbox.handlers;

import dev.ackbox.model.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers that ship. */
@Configuration(proxyBeanMethods = false)
class HandlersConfiguration {

    @Bean
    @ConditionalOnProperty(name = "ackbox.handlers.log.enabled", matchIfMissing = true)
    ChangeHandler<Value> loggingHandler() {
        return new LoggingHandler();
    }
}
