package dev.ackbox.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text that a user wrote.
 *
 * @param text what was written
 */
public record TextMessage(
        @Nullable String id,
        @Nullable Instant timestamp,
        @Nullable String type,
        @Nullable String from,
        @Nullable String fromUserId,
        @Nullable String groupId,
        @Nullable Text text)
        implements Message {

    /**
     * What was written.
     *
     * @param body any Unicode; lines end in {@code \n}
     */
    public record Text(@Nullable String body) {

        /** Leaves the content out: it is personal data. */
        @Override
        public String toString() {
            return "Text[...]";
        }
    }

    /** Leaves the content out: it is personal data. */
    @Override
    public String toString() {
        return "TextMessage[...]";
    }
}
