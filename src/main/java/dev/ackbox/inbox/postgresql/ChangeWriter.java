package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Change;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.HandlerNames;
import dev.ackbox.inbox.engine.ProgressFormat;
import dev.ackbox.inbox.engine.Share;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes what consumers have done. A row of {@code progress} has the epoch of the share's owner, so that the update of an earlier owner
 * finds no row; then nothing else of that change is written either.
 */
final class ChangeWriter {

    private static final String UPDATE_PROGRESS = "UPDATE progress SET floor = done.floor, completed = done.completed,"
            + " discarded = done.discarded, lanes = done.lanes"
            + " FROM unnest(?, ?, ?, ?, ?, ?, ?) AS done(consumer, share, epoch, floor, completed, discarded, lanes)"
            + " WHERE progress.consumer = done.consumer AND progress.share = done.share AND progress.epoch = done.epoch"
            + " RETURNING progress.consumer, progress.share";

    /** A consumer that another replica has removed has no progress either, but its share is not lost. */
    private static final String SELECT_OWNED = "SELECT number, epoch FROM share WHERE number = ANY(?) AND owner = ?";

    /** Locks all of them, so that an erasure that is under way ends before, or begins after that. */
    private static final String SELECT_ERASED =
            "SELECT id FROM (SELECT id, erased FROM record WHERE id = ANY(?) ORDER BY id FOR SHARE)"
                    + " AS record WHERE erased";

    private static final String PUT =
            "INSERT INTO delivery (id, consumer, conversation, not_before, changed_at, attempts,"
                    + " share, lane, state, succeeded, reason) SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (id, consumer) DO UPDATE SET conversation = excluded.conversation, not_before = excluded.not_before,"
                    + " changed_at = excluded.changed_at, attempts = excluded.attempts, state = excluded.state,"
                    + " succeeded = excluded.succeeded, reason = excluded.reason";

    private static final String NOTE_ATTEMPTS = "INSERT INTO attempt (id, consumer, number, at, reason)"
            + " SELECT failed.id, failed.consumer, 1 + coalesce((SELECT max(number) FROM attempt"
            + " WHERE attempt.id = failed.id AND attempt.consumer = failed.consumer), 0), failed.at, failed.reason"
            + " FROM unnest(?, ?, ?, ?) AS failed(id, consumer, at, reason)";

    private final Sql sql;
    private final String owner;

    ChangeWriter(Sql sql, String owner) {
        this.sql = sql;
        this.owner = owner;
    }

    /** Returns the shares that belong to another owner by now; nothing was written for them. */
    Set<Share> write(List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return Set.of();
        }
        Set<Written> written = updateProgress(changes);
        Set<Share> lost = written.size() == changes.size() ? Set.of() : lost(changes, written);
        List<Change> exceptions = changes.stream()
                .filter(change -> written.contains(Written.of(change)))
                .filter(change -> !change.put().isEmpty() || !change.remove().isEmpty())
                .toList();
        if (!exceptions.isEmpty()) {
            writeExceptions(exceptions);
        }
        return lost;
    }

    private record Written(String consumer, int share) {

        static Written of(Change change) {
            return new Written(change.consumer(), change.share().number());
        }
    }

    private Set<Written> updateProgress(List<Change> changes) throws SQLException {
        int count = changes.size();
        String[] consumers = new String[count];
        Integer[] shares = new Integer[count];
        Long[] epochs = new Long[count];
        Long[] floors = new Long[count];
        Long[] completed = new Long[count];
        Long[] discarded = new Long[count];
        byte[][] lanes = new byte[count][];
        for (int i = 0; i < count; i++) {
            Change change = changes.get(i);
            consumers[i] = change.consumer();
            shares[i] = change.share().number();
            epochs[i] = change.share().epoch();
            floors[i] = change.progress().floor();
            completed[i] = change.progress().completed();
            discarded[i] = change.progress().discarded();
            lanes[i] = ProgressFormat.toBytes(change.progress().lanes());
        }
        return new HashSet<>(sql.rows(
                row -> new Written(row.getString(1), row.getInt(2)),
                UPDATE_PROGRESS,
                consumers,
                shares,
                epochs,
                floors,
                completed,
                discarded,
                lanes));
    }

    private Set<Share> lost(List<Change> changes, Set<Written> written) throws SQLException {
        Set<Share> lost = new HashSet<>();
        changes.stream()
                .filter(change -> !written.contains(Written.of(change)))
                .forEach(change -> lost.add(change.share()));
        Integer[] numbers = lost.stream().map(Share::number).toArray(Integer[]::new);
        sql.rows(row -> new Share(row.getInt(1), row.getLong(2)), SELECT_OWNED, numbers, owner)
                .forEach(lost::remove);
        return lost;
    }

    /** What ends comes first: its lock comes before those of deliveries everywhere. */
    private void writeExceptions(List<Change> changes) throws SQLException {
        List<Change> ends =
                changes.stream().filter(change -> !change.remove().isEmpty()).toList();
        if (!ends.isEmpty()) {
            remove(ends);
        }
        List<Put> puts = changes.stream()
                .flatMap(change -> change.put().stream().map(delivery -> new Put(change, delivery)))
                .sorted(Comparator.comparingLong(put -> put.delivery().id()))
                .toList();
        if (!puts.isEmpty()) {
            Set<Long> erased = new HashSet<>(sql.numbers(
                    SELECT_ERASED, (Object) numbers(puts, put -> put.delivery().id())));
            put(puts.stream().map(put -> put.unlessErased(erased)).toList());
        }
    }

    private void remove(List<Change> ends) throws SQLException {
        LeftOvers leftOvers = LeftOvers.lockShared(sql);
        for (Change change : ends) {
            Long[] ids = Sql.array(change.remove());
            sql.update("DELETE FROM delivery WHERE consumer = ? AND id = ANY(?)", change.consumer(), ids);
            leftOvers.delete(ids);
        }
    }

    private record Put(Change change, Delivery delivery) {

        Put unlessErased(Set<Long> erased) {
            return erased.contains(delivery.id()) ? new Put(change, delivery.erased(delivery.changedAt())) : this;
        }

        String consumer() {
            return change.consumer();
        }
    }

    /** In the order of ids, as an erasure changes them. */
    private void put(List<Put> puts) throws SQLException {
        sql.update(
                PUT,
                numbers(puts, put -> put.delivery().id()),
                texts(puts, Put::consumer),
                numbers(puts, put -> put.delivery().conversation()),
                numbers(puts, put -> Sql.millis(put.delivery().notBefore())),
                numbers(puts, put -> Sql.millis(put.delivery().changedAt())),
                codes(puts, put -> put.delivery().failedAttempts()),
                codes(puts, put -> put.change().share().number()),
                codes(puts, put -> put.delivery().lane().code()),
                codes(puts, put -> put.delivery().state().code()),
                texts(puts, put -> HandlerNames.join(put.delivery().succeeded())),
                texts(puts, put -> put.delivery().reason()));
        List<Put> failed =
                puts.stream().filter(put -> put.delivery().isFailure()).toList();
        if (!failed.isEmpty()) {
            sql.update(
                    NOTE_ATTEMPTS,
                    numbers(failed, put -> put.delivery().id()),
                    texts(failed, Put::consumer),
                    numbers(failed, put -> Sql.millis(put.delivery().changedAt())),
                    texts(failed, put -> put.delivery().reason()));
        }
    }

    private static @Nullable Long[] numbers(List<Put> puts, Function<Put, @Nullable Long> number) {
        return puts.stream().map(number).toArray(Long[]::new);
    }

    private static Integer[] codes(List<Put> puts, Function<Put, Integer> code) {
        return puts.stream().map(code).toArray(Integer[]::new);
    }

    private static @Nullable String[] texts(List<Put> puts, Function<Put, @Nullable String> text) {
        return puts.stream().map(text).toArray(String[]::new);
    }
}
