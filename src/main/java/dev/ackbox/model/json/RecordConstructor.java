package dev.ackbox.model.json;

import dev.ackbox.model.form.AsSent;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates records of one type: by the constructor that takes what the platform sends, or else by the canonical one. */
final class RecordConstructor<T> {

    private final Constructor<T> constructor;
    private final List<Component> components;

    RecordConstructor(Class<T> type) {
        Constructor<T> asSent = asSent(type);
        if (asSent == null) {
            this.constructor = canonical(type);
            this.components =
                    Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        } else {
            this.constructor = asSent;
            this.components =
                    Arrays.stream(asSent.getParameters()).map(Component::of).toList();
        }
        constructor.setAccessible(true); // what only the reader needs is not public
    }

    @SuppressWarnings("unchecked") // a class declares constructors of itself
    private static <T> @Nullable Constructor<T> asSent(Class<T> type) {
        for (Constructor<?> each : type.getDeclaredConstructors()) {
            if (each.isAnnotationPresent(AsSent.class)) {
                return (Constructor<T>) each;
            }
        }
        return null;
    }

    private static <T> Constructor<T> canonical(Class<T> type) {
        try {
            return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException("A record has a canonical constructor", ex);
        }
    }

    List<Component> components() {
        return components;
    }

    T create(@Nullable Object... values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException("A record of the model takes whatever its components may be", ex);
        }
    }
}
