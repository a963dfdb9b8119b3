package dev.ackbox.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Records that are brought to the handlers once more, whatever the handlers have made of them before.
 *
 * @param createdAt when it was started
 * @param handler the only handler that is called; absent where all are
 * @param rate records a second, at most
 * @param description what it is about, in the words of whoever started it
 * @param consumer has its records and its progress; its name is the replay's id, which is never given twice
 */
public record Replay(Instant createdAt, @Nullable String handler, int rate, String description, Consumer consumer) {

    /** Names it. */
    public String id() {
        return consumer.name();
    }

    /** Whether something of it is still to be worked on. */
    public boolean isRunning() {
        return consumer.backlog().waiting() > 0;
    }
}
