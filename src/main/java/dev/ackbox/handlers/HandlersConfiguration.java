package dev.ackbox.handlers;

import dev.ackbox.model.UnknownValue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the handlers that ship have in common, and the one for what has no type. */
@Configuration(proxyBeanMethods = false)
class HandlersConfiguration {

    @Bean
    Operator operator(PlatformObserver observer, AccountState state) {
        return new Operator(observer, state);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "ackbox.handlers.unknown.enabled", matchIfMissing = true)
    ChangeHandler<UnknownValue> unknownValueHandler() {
        return new UnknownValueHandler();
    }
}
