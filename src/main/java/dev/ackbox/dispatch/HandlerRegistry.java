package dev.ackbox.dispatch;

import dev.ackbox.handlers.ChangeHandler;
import dev.ackbox.jars.BeanOrigin;
import dev.ackbox.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** All handler beans, each with the type of value that its declaration names. */
final class HandlerRegistry {

    private static final Logger log = LoggerFactory.getLogger(HandlerRegistry.class);

    private final List<RegisteredHandler> handlers;

    HandlerRegistry(List<RegisteredHandler> handlers) {
        this.handlers = List.copyOf(handlers);
    }

    /**
     * Finds the handler beans.
     *
     * @throws UntypedHandlerException where a bean does not say what it takes
     */
    static HandlerRegistry find(ConfigurableListableBeanFactory beans) {
        List<RegisteredHandler> handlers = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(ChangeHandler.class)) {
            String origin = BeanOrigin.of(beans.getMergedBeanDefinition(name));
            RegisteredHandler handler =
                    new RegisteredHandler(name, typeOf(name, origin, beans), beans.getBean(name, ChangeHandler.class));
            log.atLevel(handler.ships() ? Level.DEBUG : Level.INFO)
                    .log("Handler {} takes {}, of {}", name, handler.takenValues(), origin);
            handlers.add(handler);
        }
        return new HandlerRegistry(handlers);
    }

    private static Class<? extends Value> typeOf(String name, String origin, ConfigurableListableBeanFactory beans) {
        // The declaration first: a lambda's own class no longer knows its type arguments.
        ResolvableType declared = beans.getMergedBeanDefinition(name).getResolvableType();
        Class<?> type = declared.as(ChangeHandler.class).getGeneric(0).resolve();
        if (type == null) {
            type = ResolvableType.forClass(beans.getBean(name).getClass())
                    .as(ChangeHandler.class)
                    .getGeneric(0)
                    .resolve();
        }
        if (type == null || !Value.class.isAssignableFrom(type)) {
            throw new UntypedHandlerException(name, origin);
        }
        return type.asSubclass(Value.class);
    }

    /** The handlers for a value, in the order of their beans. */
    List<RegisteredHandler> handlersOf(Value value) {
        return handlers.stream().filter(handler -> handler.takes(value)).toList();
    }

    void report() {
        if (handlers.isEmpty()) {
            log.warn("No handler is there: changes are stored and completed without anything being done with them");
        }
        long shipped = handlers.stream().filter(RegisteredHandler::ships).count();
        log.info("{} handlers that ship are on", shipped);
    }
}
