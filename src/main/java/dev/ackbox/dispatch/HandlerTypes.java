package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.jars.BeanOrigin;
import dev.ackbox.model.Value;
import java.lang.reflect.TypeVariable;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Reads from the declaration of a handler bean what the handler takes. */
final class HandlerTypes {

    private static final String MODEL = Value.class.getPackageName();

    /** Names of handlers are stored a line each, with a number in brackets where they stand for one of several elements. */
    private static final Pattern UNFIT_NAME = Pattern.compile("\\p{Cc}|\\[\\d+]$|^" + Attempt.BUILT_IN_STAGE + "$");

    private final ConfigurableListableBeanFactory beans;
    private final Set<Class<?>> possible = Element.types();

    HandlerTypes(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * What a bean takes.
     *
     * @throws HandlerTypeException where it does not say it, says something that never occurs, or has a name that is of no use
     */
    Class<?> typeOf(String name) {
        if (UNFIT_NAME.matcher(name).find()) {
            throw HandlerTypeException.misnamed(name, originOf(name));
        }
        // The declaration first: a lambda's own class does not know its type arguments.
        Class<?> declared = declaredType(name);
        Class<?> type = declared == null
                ? argumentOf(ResolvableType.forClass(AopUtils.getTargetClass(beans.getBean(name))))
                : declared;
        if (type == null || type == Object.class) {
            throw HandlerTypeException.untyped(name, originOf(name));
        }
        if (!isPossible(type)) {
            throw HandlerTypeException.impossible(name, originOf(name), type);
        }
        return type;
    }

    /** Whether the declaration of a bean says what it takes. Creates no bean. */
    boolean isDeclared(String name) {
        return declaredType(name) != null;
    }

    private @Nullable Class<?> declaredType(String name) {
        String target = ScopedProxyUtils.getTargetBeanName(name);
        String definition = beans.containsBeanDefinition(target) ? target : name;
        return beans.containsBeanDefinition(definition)
                ? argumentOf(beans.getMergedBeanDefinition(definition).getResolvableType())
                : null;
    }

    private static @Nullable Class<?> argumentOf(ResolvableType type) {
        ResolvableType handler = type.as(Handler.class);
        ResolvableType argument = handler.getGeneric(0);
        // Spring would resolve an open type variable to its bound.
        boolean isOpen = argument.getType() instanceof TypeVariable && handler.hasUnresolvableGenerics();
        return isOpen ? null : argument.resolve();
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
