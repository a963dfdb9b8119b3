package dev.ackbox.ops.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Replay;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay is. records = completed + waiting + dead + skipped.
 *
 * @param state running, paused or ended
 * @param selection which records, as asked for; what is personal is a digest
 * @param skipped records whose payload is no longer kept, and dead letters that were discarded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayView(
        String id,
        Instant createdAt,
        String state,
        @JsonRawValue String selection,
        @Nullable String handler,
        int rate,
        long records,
        long completed,
        long waiting,
        long dead,
        long skipped) {

    static ReplayView of(Replay replay) {
        Backlog backlog = replay.consumer().backlog();
        return new ReplayView(
                replay.id(),
                replay.createdAt(),
                state(replay),
                replay.description(),
                replay.handler(),
                replay.rate(),
                backlog.assigned(),
                backlog.completed(),
                backlog.waiting(),
                backlog.dead(),
                backlog.discarded());
    }

    private static String state(Replay replay) {
        if (!replay.isRunning()) {
            return "ended";
        }
        return replay.consumer().isPaused() ? "paused" : "running";
    }

    /** All of them. */
    record All(List<ReplayView> replays) {}
}
