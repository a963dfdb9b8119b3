package dev.ackbox.model.form;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How lists of the platform are taken in: absent is the same as empty, and a null in them is nothing. */
public final class Lists {

    private Lists() {}

    /** Those elements that are of a type. */
    public static <T> List<T> only(Class<T> type, @Nullable List<?> list) {
        return list == null
                ? List.of()
                : list.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public static <T> List<T> orEmpty(@Nullable List<? extends @Nullable T> list) {
        return list == null
                ? List.of()
                : list.stream()
                        .filter(Objects::nonNull)
                        .<T>map(element -> element)
                        .toList();
    }
}
