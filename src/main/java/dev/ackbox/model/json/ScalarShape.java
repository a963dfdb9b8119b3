package dev.ackbox.model.json;

import dev.ackbox.model.form.PlatformTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A text, a number, a truth or a time. The platform swaps strings and numbers, so each is read from its text.
 *
 * @param parse gives nothing where the text stands for nothing, throws {@link IllegalArgumentException} or {@link
 *     ArithmeticException} where it does not fit
 */
record ScalarShape<T>(Function<String, @Nullable T> parse) implements Shape<T> {

    /** In digits, also when written out. More of them take so long to calculate with that they may be an attack. */
    private static final int LONGEST_NUMBER = 100;

    /** By the type that is read. */
    static final Map<Class<?>, ScalarShape<?>> ALL = Map.of(
            String.class,
            new ScalarShape<>(text -> text),
            Integer.class,
            number(decimal -> decimal.intValueExact()),
            Long.class,
            number(decimal -> decimal.longValueExact()),
            BigDecimal.class,
            number(decimal -> decimal),
            Boolean.class,
            new ScalarShape<>(ScalarShape::truth),
            Instant.class,
            new ScalarShape<>(ScalarShape::time));

    @Override
    public @Nullable T read(JsonNode json, Reading reading) {
        JsonNode one = reading.one(json);
        if (one == null) {
            return null;
        }
        if (!one.isValueNode()) {
            reading.misfit(one);
            return null;
        }
        try {
            return parse.apply(one.asString());
        } catch (IllegalArgumentException | ArithmeticException ex) {
            reading.misfit(one);
            return null;
        }
    }

    private static <N> ScalarShape<N> number(Function<BigDecimal, N> convert) {
        return new ScalarShape<>(text -> text.isBlank() ? null : convert.apply(decimal(text.strip())));
    }

    private static BigDecimal decimal(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("Too long");
        }
        BigDecimal decimal = new BigDecimal(text);
        if (Math.abs((long) decimal.scale()) > LONGEST_NUMBER) {
            throw new ArithmeticException("Too large or too small");
        }
        return decimal;
    }

    private static @Nullable Boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("Neither true nor false");
        };
    }

    private static @Nullable Instant time(String text) {
        if (text.isBlank()) {
            return null;
        }
        Instant time = PlatformTime.parse(text);
        if (time == null) {
            throw new IllegalArgumentException("Not a time");
        }
        return time;
    }
}
