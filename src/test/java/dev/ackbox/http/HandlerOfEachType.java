package dev.ackbox.http;

import dev.ackbox.handlers.ChangeContext;
import dev.ackbox.handlers.ChangeHandler;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;

/** Brings a handler for each type of value, as a user would declare it, each of which keeps what it is given. */
class HandlerOfEachType implements ImportBeanDefinitionRegistrar {

    private static final Map<Class<?>, Queue<Change<?>>> RECEIVED = new ConcurrentHashMap<>();

    static Stream<Class<?>> types() {
        return leaves(Value.class);
    }

    /** What the handler of a type was given. */
    static Queue<Change<?>> receivedBy(Class<?> type) {
        return RECEIVED.computeIfAbsent(type, each -> new ConcurrentLinkedQueue<>());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(HandlerOfEachType::leaves)
                : Stream.of(type);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        types().forEach(type -> {
            RootBeanDefinition definition = new RootBeanDefinition();
            definition.setTargetType(ResolvableType.forClassWithGenerics(ChangeHandler.class, type));
            definition.setInstanceSupplier(() -> keeping(type));
            registry.registerBeanDefinition("keeping" + type.getSimpleName(), definition);
        });
    }

    private static ChangeHandler<Value> keeping(Class<?> type) {
        return (Change<Value> change, ChangeContext context) -> receivedBy(type).add(change);
    }
}
