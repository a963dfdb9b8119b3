package dev.ackbox.inbox.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long things are kept.
 *
 * @param duplicates keys of records, so that a redelivery is recognised
 * @param payload payloads of records that every important consumer has passed
 * @param payloadOf the same for some fields, by {@link #keyOf}; shorter than for the others
 * @param deadLetter dead letters, including their payload
 * @param attempts failed attempts of records, other than dead letters
 * @param maxHold payloads of records that an important consumer has not passed
 */
public record Retention(
        Duration duplicates,
        Duration payload,
        Map<String, Duration> payloadOf,
        Duration deadLetter,
        Duration attempts,
        Duration maxHold) {

    public Retention {
        payloadOf = Map.copyOf(payloadOf);
    }

    /** Where all fields are treated alike, and attempts are kept with their record. */
    public Retention(Duration duplicates, Duration payload, Duration deadLetter, Duration maxHold) {
        this(duplicates, payload, Map.of(), deadLetter, duplicates, maxHold);
    }

    /** What stands for a field in {@link #payloadOf}: the names of settings have nothing but letters and digits. */
    public static String keyOf(String field) {
        return field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** For how long payloads of a field are kept. */
    public Duration payloadOf(String field) {
        return payloadOf.getOrDefault(keyOf(field), payload);
    }

    /** Nothing asks for the age of a record that is older. */
    public Duration longest() {
        return Collections.max(List.of(duplicates, payload, deadLetter, attempts, maxHold));
    }
}
