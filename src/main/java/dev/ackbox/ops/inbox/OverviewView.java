package dev.ackbox.ops.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.Replay;
import dev.ackbox.inbox.Replays;
import dev.ackbox.inbox.StorageUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The inbox as a whole.
 *
 * @param consumers those that are open, other than replays
 * @param replays those that are kept
 * @param fields records by field; those whose payload is gone may be missing
 * @param warnings what the storage warns of
 */
record OverviewView(
        List<ConsumerView> consumers,
        List<ReplayView> replays,
        Map<String, Long> fields,
        StorageView storage,
        Map<String, String> warnings) {

    static OverviewView of(Inbox inbox, Archive archive, Replays replays) {
        List<Replay> kept = replays.all();
        Set<String> ids = kept.stream().map(Replay::id).collect(Collectors.toSet());
        return new OverviewView(
                inbox.consumers().stream()
                        .filter(consumer -> !ids.contains(consumer.name()))
                        .map(consumer -> ConsumerView.of(consumer, archive.deliveries(consumer.name())))
                        .toList(),
                kept.stream().map(ReplayView::of).toList(),
                FieldName.of(archive.fields()),
                StorageView.of(archive.storageUse()),
                inbox.warnings());
    }

    /** What the storage cannot tell is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StorageView(
            long bytes,
            @Nullable Long reusableBytes,
            @Nullable Long logBytes,
            @Nullable Long freeBytes,
            @Nullable Boolean sweeping) {

        static StorageView of(StorageUse use) {
            return new StorageView(use.bytes(), use.reusableBytes(), use.logBytes(), use.freeBytes(), use.sweeping());
        }
    }

    /** assigned = completed + waiting + dead + discarded. Those that are retried or held are waiting, too. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConsumerView(
            String name,
            boolean paused,
            long assigned,
            long completed,
            long waiting,
            @Nullable Instant oldestWaiting,
            long retrying,
            long held,
            long dead,
            long discarded) {

        static ConsumerView of(Consumer consumer, Map<RecordState, Long> deliveries) {
            Backlog backlog = consumer.backlog();
            return new ConsumerView(
                    consumer.name(),
                    consumer.isPaused(),
                    backlog.assigned(),
                    backlog.completed(),
                    backlog.waiting(),
                    backlog.oldestWaiting(),
                    deliveries.getOrDefault(RecordState.RETRYING, 0L),
                    deliveries.getOrDefault(RecordState.HELD, 0L),
                    backlog.dead(),
                    backlog.discarded());
        }
    }
}
