package dev.ackbox.intake;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an item is known by.
 *
 * @param key what makes it the same as another one
 * @param lane the budget that it counts against
 * @param conversation what it keeps its order in: a user or a group of a phone number, or what comes nearest
 * @param time the item's own time; absent where it has none
 * @param about what it says of itself for later look-ups
 */
record Identity(
        IdempotencyKey key,
        Lane lane,
        String conversation,
        @Nullable Instant time,
        About about) {

    /** Leaves the conversation out: it is personal data. */
    @Override
    public String toString() {
        return "Identity[" + key + ", " + lane + "]";
    }
}
