package dev.ackbox.inbox;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Tells two records apart, or tells that they are the same. 20 bytes: four of time, which keep the unique index's
 * inserts together, and sixteen of a digest over whatever identifies the item.
 *
 * <p>The time is the item's own, never the receiver's clock: a redelivery must come to the same key.
 */
public final class IdempotencyKey implements Comparable<IdempotencyKey> {

    private static final int DIGEST_LENGTH = 16;

    private final byte[] bytes;

    private IdempotencyKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Builds a key.
     *
     * @param epochSeconds the item's own time, or 0 where it has none
     * @param digest at least 16 bytes, of which the first 16 count
     */
    public static IdempotencyKey of(long epochSeconds, byte[] digest) {
        if (digest.length < DIGEST_LENGTH) {
            throw new IllegalArgumentException("'digest' must have at least " + DIGEST_LENGTH + " bytes");
        }
        return new IdempotencyKey(ByteBuffer.allocate(Integer.BYTES + DIGEST_LENGTH)
                .putInt((int) epochSeconds)
                .put(digest, 0, DIGEST_LENGTH)
                .array());
    }

    /** Reads back what {@link #toBytes()} gave. */
    public static IdempotencyKey fromBytes(byte[] bytes) {
        return new IdempotencyKey(bytes.clone());
    }

    /** The key's 20 bytes; a copy. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** In the order of their bytes: by time first. */
    @Override
    public int compareTo(IdempotencyKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 40 hexadecimal digits. Holds nothing personal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
