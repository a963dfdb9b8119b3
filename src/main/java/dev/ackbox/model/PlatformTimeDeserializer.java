package dev.ackbox.model;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads the platform's times: Unix seconds or, in few places, milliseconds, as a number or a string, and ISO 8601. */
final class PlatformTimeDeserializer extends StdDeserializer<Instant> {

    /** Seconds reach this in the year 5138; what is larger is milliseconds. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    PlatformTimeDeserializer() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
        String text = parser.getValueAsString();
        if (text == null) {
            return (Instant) context.handleUnexpectedToken(Instant.class, parser);
        }
        Instant time = parse(text.strip());
        return time != null || text.isBlank()
                ? time
                : (Instant) context.handleWeirdStringValue(Instant.class, "", "not a time");
    }

    static @Nullable Instant parse(String text) {
        try {
            if (text.indexOf('T') > 0) {
                return Instant.parse(text);
            }
            long number = Long.parseLong(text);
            return number < SMALLEST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        } catch (DateTimeException | NumberFormatException ex) {
            return null;
        }
    }
}
