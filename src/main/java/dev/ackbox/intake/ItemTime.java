package dev.ackbox.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the platform's times: Unix seconds as a string or a number, in few places milliseconds. */
final class ItemTime {

    /** Seconds reach this in the year 5138; what is larger is milliseconds. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    private ItemTime() {}

    /** Absent where there is no time, or where it cannot be read. */
    static @Nullable Instant parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number <= 0) {
                return null;
            }
            return number < SMALLEST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        } catch (NumberFormatException ex) {
            return null;
        }
    }
}
