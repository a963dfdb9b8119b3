package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.jars.BeanOrigin;
import dev.ackbox.model.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Reads from the declaration of a handler bean what the handler takes. */
final class HandlerTypes {

    private static final String MODEL = Value.class.getPackageName();

    private final ConfigurableListableBeanFactory beans;
    private final Set<Class<?>> possible = Element.types();

    HandlerTypes(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * What a bean takes.
     *
     * @throws HandlerTypeException where it does not say it, or says something that never occurs
     */
    Class<?> typeOf(String name) {
        Class<?> type = declaredType(name);
        if (type == null || type == Object.class) {
            throw HandlerTypeException.untyped(name, originOf(name));
        }
        if (!isPossible(type)) {
            throw HandlerTypeException.impossible(name, originOf(name), type);
        }
        return type;
    }

    private @Nullable Class<?> declaredType(String name) {
        // The declaration first: a lambda's own class does not know its type arguments.
        Class<?> declared = beans.containsBeanDefinition(name)
                ? argumentOf(beans.getMergedBeanDefinition(name).getResolvableType())
                : null;
        return declared == null
                ? argumentOf(ResolvableType.forClass(AopUtils.getTargetClass(beans.getBean(name))))
                : declared;
    }

    private static @Nullable Class<?> argumentOf(ResolvableType type) {
        return type.as(Handler.class).getGeneric(0).resolve();
    }

    private boolean isPossible(Class<?> type) {
        boolean isOfModel =
                type.getPackageName().equals(MODEL) || type.getPackageName().startsWith(MODEL + ".");
        return isOfModel && possible.stream().anyMatch(type::isAssignableFrom);
    }

    /** Where a bean comes from, in words. */
    String originOf(String name) {
        return beans.containsBeanDefinition(name)
                ? BeanOrigin.of(beans.getMergedBeanDefinition(name))
                : beans.getBean(name).getClass().getName();
    }
}
