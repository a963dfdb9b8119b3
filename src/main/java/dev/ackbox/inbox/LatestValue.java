package dev.ackbox.inbox;

import java.time.Instant;

/**
 * The newest value of a key.
 *
 * @param key names what it is the value of; not empty, and without personal data
 * @param time when it came to be, by its source's clock; cut to the millisecond
 * @param value not copied, must not be changed; may be empty
 */
public record LatestValue(String key, Instant time, byte[] value) {

    public LatestValue {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("'key' must not be empty");
        }
        time = Instant.ofEpochMilli(time.toEpochMilli());
    }

    /** Leaves the key and the value out: they may name a phone number. */
    @Override
    public String toString() {
        return "LatestValue[" + time + ", " + value.length + " bytes]";
    }
}
