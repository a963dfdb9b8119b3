package dev.ackbox.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** Reads the platform's times: Unix seconds or, in few places, milliseconds, and ISO 8601 with an offset. */
final class PlatformTime {

    /** Seconds reach this in the year 5138; what is larger is milliseconds. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    /** The Graph API writes offsets as {@code +0000}, others as {@code +00:00} or {@code Z}. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private PlatformTime() {}

    /** Absent where the text is no time. */
    static @Nullable Instant parse(String text) {
        try {
            if (text.indexOf('T') > 0) {
                return ISO.parse(text, Instant::from);
            }
            long number = Long.parseLong(text);
            return number < SMALLEST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        } catch (DateTimeException | NumberFormatException ex) {
            return null;
        }
    }
}
