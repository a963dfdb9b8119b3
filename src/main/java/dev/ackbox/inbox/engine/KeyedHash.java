package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Puts 64 bits in the place of what is personal. The key, made with the store, keeps hashes of phone numbers from being computed
 * beforehand. Safe for use by several threads.
 */
public final class KeyedHash {

    private final MessageDigest keyed;

    /** Creates a hash with a key. */
    public KeyedHash(byte[] key) {
        try {
            this.keyed = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", ex);
        }
        keyed.update(key);
    }

    /** Hashes a subject, its kind included. */
    public long of(Subject subject) {
        return of(subject.kind().code(), subject.id());
    }

    /**
     * Hashes a text.
     *
     * @param kind keeps equal texts of different meaning apart
     */
    public long of(int kind, String text) {
        try {
            MessageDigest digest = (MessageDigest) keyed.clone();
            digest.update((byte) kind);
            return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (CloneNotSupportedException ex) {
            throw new IllegalStateException("The runtime's SHA-256 can be copied", ex);
        }
    }
}
