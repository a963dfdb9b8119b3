package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.handlers.ChangeContext;
import dev.ackbox.handlers.ChangeHandler;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The built-in handlers, as handlers of a value. */
final class BuiltInHandlers {

    private static final Logger log = LoggerFactory.getLogger(BuiltInHandlers.class);

    private BuiltInHandlers() {}

    static List<RegisteredHandler> find(ConfigurableListableBeanFactory beans) {
        List<RegisteredHandler> handlers = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(ChangeHandler.class)) {
            Class<?> type = beans.getMergedBeanDefinition(name)
                    .getResolvableType()
                    .as(ChangeHandler.class)
                    .getGeneric(0)
                    .resolve(Value.class);
            handlers.add(new RegisteredHandler(name, type, handlerOf(beans.getBean(name, ChangeHandler.class))));
        }
        log.info("{} built-in handlers are on", handlers.size());
        return handlers;
    }

    @SuppressWarnings("unchecked") // its type says which values it is called with
    private static Handler<Value> handlerOf(ChangeHandler<?> handler) {
        return (value, received) -> ((ChangeHandler<Value>) handler)
                .handle(
                        (Change<Value>) ((ReceivedElement) received).change(),
                        new ChangeContext(
                                received.recordId(),
                                received.idempotencyKey(),
                                received.endpoint(),
                                received.receivedAt(),
                                received.attempt()));
    }
}
