package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Which of Meta's fields handlers take something of, by their declarations. Creates no handler. */
public final class HandledFields {

    private HandledFields() {}

    /**
     * The names of the fields. A handler of every {@link Value} counts for none: it wants whatever comes. Nor does a bean whose declaration
     * does not say what it takes: only the bean itself could tell.
     *
     * @throws HandlerTypeException where a bean takes something that never occurs
     */
    public static Set<String> of(ConfigurableListableBeanFactory beans) {
        HandlerTypes types = new HandlerTypes(beans);
        Set<Class<?>> taken = Arrays.stream(beans.getBeanNamesForType(Handler.class, true, false))
                .filter(name -> !ScopedProxyUtils.isScopedTarget(name))
                .filter(types::isDeclared)
                .<Class<?>>map(types::typeOf)
                .filter(type -> type != Value.class)
                .collect(Collectors.toSet());
        Set<String> fields = new TreeSet<>();
        for (String field : Fields.names()) {
            Class<?> value = Fields.typeOf(field);
            if (value != null
                    && Element.typesOf(value).stream()
                            .anyMatch(type -> taken.stream().anyMatch(each -> each.isAssignableFrom(type)))) {
                fields.add(field);
            }
        }
        return fields;
    }
}
