package dev.ackbox.inbox;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes a user out of payloads that many users share, such as chunks of history. Called by any thread. */
public interface Redaction {

    /** Takes nobody out of anything. */
    Redaction NONE = new Redaction() {

        @Override
        public Set<String> fields() {
            return Set.of();
        }

        @Override
        public byte @Nullable [] without(byte[] payload, Predicate<String> isUser) {
            return null;
        }
    };

    /** The fields whose payloads are shared. */
    Set<String> fields();

    /**
     * A payload with blanks in place of what is about a user; all else stays byte for byte.
     *
     * @param isUser tells by a phone number or a business-scoped id
     * @return as long as before; absent where nothing is about that user
     */
    byte @Nullable [] without(byte[] payload, Predicate<String> isUser);
}
