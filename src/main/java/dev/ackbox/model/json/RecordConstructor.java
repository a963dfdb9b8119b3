package dev.ackbox.model.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Creates records of one type. */
final class RecordConstructor<T> {

    private final Constructor<T> canonical;

    RecordConstructor(Class<T> type) {
        try {
            this.canonical = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException("A record has a canonical constructor", ex);
        }
    }

    int componentCount() {
        return canonical.getParameterCount();
    }

    T create(@Nullable Object... components) {
        try {
            return canonical.newInstance(components);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("A record of the model takes whatever its components may be", ex);
        }
    }
}
