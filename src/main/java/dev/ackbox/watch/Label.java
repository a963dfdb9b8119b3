package dev.ackbox.watch;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A label of a meter.
 *
 * @param name its name
 * @param value its value for a thing; one of few
 * @param <T> the things that are counted
 */
record Label<T>(String name, Function<T, String> value) {

    /** A word of a thing; absent where the thing has none. */
    interface Word<T> {

        @Nullable
        OpenEnum<?> of(T thing);
    }

    static <T> Label<T> by(String name, Word<T> word) {
        return new Label<>(name, thing -> Words.of(word.of(thing)));
    }

    /** For what Meta has no word for. The text is one of few. */
    static <T> Label<T> byText(String name, Function<T, String> text) {
        return new Label<>(name, text);
    }

    /** The code of the first error. */
    static <T> Label<T> byCode(Function<T, List<PlatformError>> errors) {
        return new Label<>("code", thing -> ErrorCodes.label(errors.apply(thing)));
    }
}
