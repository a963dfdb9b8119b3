package dev.ackbox.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message of a type that has no record yet; its content is in {@link Change#json()}. */
public record UnknownMessage(
        @Nullable String id,
        @Nullable Instant timestamp,
        @Nullable String type,
        @Nullable String from,
        @Nullable String fromUserId,
        @Nullable String groupId)
        implements Message {

    /** Leaves the content out: it is personal data. */
    @Override
    public String toString() {
        return "UnknownMessage[" + type + "]";
    }
}
