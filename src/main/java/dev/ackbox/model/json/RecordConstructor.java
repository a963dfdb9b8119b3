package dev.ackbox.model.json;

import dev.ackbox.model.form.AsSent;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates records of one type: by the constructor that takes what the platform sends, or else by the canonical one. */
final class RecordConstructor<T> {

    private final Constructor<T> constructor;

    RecordConstructor(Class<T> type) {
        this.constructor = find(type);
        constructor.setAccessible(true); // what only the reader needs is not public
    }

    @SuppressWarnings("unchecked") // a class declares constructors of itself
    private static <T> Constructor<T> find(Class<T> type) {
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (each.isAnnotationPresent(AsSent.class)) {
                return (Constructor<T>) each;
            }
        }
        try {
            return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException("A record has a canonical constructor", ex);
        }
    }

    List<Parameter> parameters() {
        return List.of(constructor.getParameters());
    }

    T create(@Nullable Object... components) {
        try {
            return constructor.newInstance(components);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("A record of the model takes whatever its components may be", ex);
        }
    }
}
