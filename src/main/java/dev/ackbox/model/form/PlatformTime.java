package dev.ackbox.model.form;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the platform's times: Unix seconds or, in few places, milliseconds, and ISO 8601 with an offset. */
public final class PlatformTime {

    /** Seconds reach this in the year 5138; what is larger is milliseconds. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    private static final Instant FIRST = Instant.EPOCH;

    /** A handler can calculate with what is up to here, without an overflow. */
    private static final Instant LAST = Instant.ofEpochSecond(SMALLEST_MILLIS);

    /** The Graph API writes offsets as {@code +0000}, others as {@code +00:00} or {@code Z}. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    private PlatformTime() {}

    /** Absent where the text is no time, or one before 1970 or after 5138. */
    public static @Nullable Instant parse(String text) {
        try {
            Instant time = text.indexOf('T') > 0
                    ? ISO.parse(text.strip(), Instant::from)
                    : ofNumber(Long.parseLong(text.strip()));
            return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
        } catch (DateTimeException | NumberFormatException ex) {
            return null;
        }
    }

    private static Instant ofNumber(long number) {
        return number < SMALLEST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }
}
