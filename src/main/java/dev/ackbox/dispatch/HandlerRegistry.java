package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** All handler beans, each with the type that its declaration names. */
final class HandlerRegistry {

    private static final Logger log = LoggerFactory.getLogger(HandlerRegistry.class);

    private final List<RegisteredHandler> handlers;
    private final @Nullable String replay;

    HandlerRegistry(List<RegisteredHandler> handlers) {
        this(handlers, null);
    }

    private HandlerRegistry(List<RegisteredHandler> handlers, @Nullable String replay) {
        this.handlers = List.copyOf(handlers);
        this.replay = replay;
    }

    /**
     * Those that a replay calls.
     *
     * @param handler the only one; absent for all
     */
    HandlerRegistry ofReplay(String id, @Nullable String handler) {
        return new HandlerRegistry(
                handlers.stream()
                        .filter(next -> handler == null || next.name().equals(handler))
                        .toList(),
                id);
    }

    /** Id of the replay that they are for; absent for live traffic. */
    @Nullable
    String replay() {
        return replay;
    }

    /**
     * Finds the handler beans, in the order in which they are called.
     *
     * @throws InvalidConfigurationPropertyValueException where there is none and the settings require one
     * @throws HandlerTypeException where a bean does not say what it takes, says something that never occurs, or has a name that is of
     *     no use
     */
    static HandlerRegistry find(ConfigurableListableBeanFactory beans, DispatchProperties properties) {
        HandlerTypes types = new HandlerTypes(beans);
        List<RegisteredHandler> found = Arrays.stream(beans.getBeanNamesForType(Handler.class))
                .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                .map(name -> new RegisteredHandler(name, types.typeOf(name), beans.getBean(name, Handler.class)))
                .sorted(Comparator.comparingInt((RegisteredHandler handler) -> orderOf(handler, beans))
                        .thenComparing(RegisteredHandler::name))
                .toList();
        if (found.isEmpty() && properties.requireHandlers()) {
            throw new InvalidConfigurationPropertyValueException(
                    "ackbox.dispatch.require-handlers",
                    true,
                    "There is no Handler bean. Check that the directory with your handlers' jars is mounted and not empty:"
                            + " ACKBOX_HANDLERS_DIR, by default 'handlers' in the working directory.");
        }
        report(found, types);
        return new HandlerRegistry(found);
    }

    private static int orderOf(RegisteredHandler handler, ConfigurableListableBeanFactory beans) {
        Order order = beans.findAnnotationOnBean(handler.name(), Order.class);
        if (order != null) {
            return order.value();
        }
        return handler.handler() instanceof Ordered ordered ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE;
    }

    private static void report(List<RegisteredHandler> handlers, HandlerTypes types) {
        if (handlers.isEmpty()) {
            log.warn("There is no Handler bean: each record is completed without a call. To make this stop startup, set"
                    + " ackbox.dispatch.require-handlers=true");
        }
        for (RegisteredHandler handler : handlers) {
            log.info(
                    "Handler {} takes {}, of {}",
                    handler.name(),
                    handler.type().getName(),
                    types.originOf(handler.name()));
        }
    }

    List<RegisteredHandler> handlers() {
        return handlers;
    }

    /** Their names, in their order, by the field that they take something of. */
    Map<String, List<String>> namesByField() {
        Map<String, List<String>> names = new TreeMap<>();
        for (Class<? extends Value> value : Fields.types()) {
            Set<Class<?>> types = Element.typesOf(value);
            names.put(
                    Fields.nameOf(value),
                    handlers.stream()
                            .filter(handler -> types.stream().anyMatch(handler.type()::isAssignableFrom))
                            .map(RegisteredHandler::name)
                            .toList());
        }
        return names;
    }

    /**
     * What is to be called for a change, in the handlers' order and then in the elements'.
     *
     * @param owned whether the attempt's outcome is still asked for
     */
    List<Invocation> invocationsFor(InboxRecord received, Change<?> change, BooleanSupplier owned, Clock clock) {
        List<Element> elements = Element.of(change.value());
        List<Invocation> invocations = new ArrayList<>();
        for (RegisteredHandler handler : handlers) {
            invocations.addAll(handler.invocationsFor(received, change, elements, replay, owned, clock));
        }
        return invocations;
    }
}
