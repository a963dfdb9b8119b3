package dev.ackbox.http;

import dev.ackbox.handler.Handler;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
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
import tools.jackson.databind.JsonNode;

/** Brings a handler for each type of value, as a user would declare it, each of which keeps what it is given. */
class HandlerOfEachType implements ImportBeanDefinitionRegistrar {

    private static final Map<Class<?>, Queue<Kept>> RECEIVED = new ConcurrentHashMap<>();

    /** What a handler was given. */
    record Kept(Value value, JsonNode json) {}

    static Stream<Class<?>> types() {
        return Stream.concat(Fields.types().stream(), Stream.of(UnknownValue.class));
    }

    /** What the handler of a type was given. */
    static Queue<Kept> receivedBy(Class<?> type) {
        return RECEIVED.computeIfAbsent(type, each -> new ConcurrentLinkedQueue<>());
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        types().forEach(type -> {
            RootBeanDefinition definition = new RootBeanDefinition();
            definition.setTargetType(ResolvableType.forClassWithGenerics(Handler.class, type));
            definition.setInstanceSupplier(() -> keeping(type));
            registry.registerBeanDefinition("keeping" + type.getSimpleName(), definition);
        });
    }

    private static Handler<Value> keeping(Class<?> type) {
        return (value, received) -> receivedBy(type).add(new Kept(value, received.json()));
    }
}
