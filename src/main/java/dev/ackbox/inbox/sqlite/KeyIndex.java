package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.IdempotencyKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keys, subjects and sources of the newest records, which the tables {@code seen}, {@code lookup} and {@code run_source} do not have yet. A key alone would dirty a
 * page of its index; a sorted run of many fills pages. So a full generation is frozen, sorted, and goes into the tables a slice per
 * transaction, while the next one fills. Used by the writer alone.
 */
final class KeyIndex {

    private static final int GENERATION = 8_192;

    /**
     * Low bits that hold the index of an element while a list is sorted. The high bits hold what it is sorted by. There is room for
     * the subjects of eight generations of records that have as many as they may.
     */
    private static final long NUMBER_MASK = (1L << 24) - 1;

    private Map<IdempotencyKey, Long> fresh = new HashMap<>();
    private List<Subject> freshSubjects = new ArrayList<>();
    private Map<Long, Integer> freshSources = new HashMap<>();
    private long freshThrough;
    private @Nullable Run run;

    /** A record that a subject is found by. */
    record Subject(long hash, long id) {}

    /** A key of a record. */
    record Key(IdempotencyKey key, long id) {

        private long leadingBits() {
            return ByteBuffer.wrap(key.toBytes()).getLong();
        }
    }

    /** A frozen generation on its way into the tables. */
    static final class Run {

        private final Map<IdempotencyKey, Long> byKey;
        private final List<Key> keys;
        private final List<Subject> subjects;
        private final Map<Long, Integer> sources;
        private final long lastId;
        private int keysWritten;
        private int subjectsWritten;

        private Run(Map<IdempotencyKey, Long> byKey, List<Subject> subjects, Map<Long, Integer> sources, long lastId) {
            this.byKey = byKey;
            List<Key> unordered = new ArrayList<>(byKey.size());
            byKey.forEach((key, id) -> unordered.add(new Key(key, id)));
            this.keys = ordered(unordered, Key::leadingBits);
            this.subjects = ordered(subjects, Subject::hash);
            this.sources = sources;
            this.lastId = lastId;
        }

        /** How many records there are of each source, by its number. */
        Map<Long, Integer> sources() {
            return sources;
        }

        /** By the leading bits alone: that is enough for neighbours to share a page, and commits wait for the sort. */
        private static <T> List<T> ordered(List<T> unordered, ToLongFunction<T> leadingBits) {
            long[] order = new long[unordered.size()];
            for (int i = 0; i < order.length; i++) {
                order[i] = (leadingBits.applyAsLong(unordered.get(i)) & ~NUMBER_MASK) | i;
            }
            Arrays.sort(order);
            List<T> ordered = new ArrayList<>(order.length);
            for (long next : order) {
                ordered.add(unordered.get((int) (next & NUMBER_MASK)));
            }
            return ordered;
        }

        /** The records of the run, and of all earlier ones, have ids up to this one. */
        long lastId() {
            return lastId;
        }
    }

    /**
     * A part of a run.
     *
     * @param isLast whether the run is complete with it
     */
    record Slice(Run run, List<Key> keys, List<Subject> subjects, boolean isLast) {}

    /** Numbers as they stand in a column, 8 bytes each: hashes of subjects, mostly. */
    static List<Long> subjects(byte @Nullable [] column) {
        List<Long> subjects = new ArrayList<>();
        if (column != null) {
            ByteBuffer buffer = ByteBuffer.wrap(column);
            while (buffer.hasRemaining()) {
                subjects.add(buffer.getLong());
            }
        }
        return subjects;
    }

    /** Notes a record that is durable. */
    void add(IdempotencyKey key, long id, long source, List<Long> subjects) {
        fresh.put(key, id);
        freshSources.merge(source, 1, Integer::sum);
        subjects.forEach(subject -> freshSubjects.add(new Subject(subject, id)));
        freshThrough = Math.max(freshThrough, id);
    }

    boolean contains(IdempotencyKey key) {
        return fresh.containsKey(key) || (run != null && run.byKey.containsKey(key));
    }

    /** A record is deleted. */
    void remove(IdempotencyKey key) {
        fresh.remove(key);
        if (run != null && run.byKey.remove(key) != null) {
            run.keys
                    .subList(run.keysWritten, run.keys.size())
                    .removeIf(unwritten -> unwritten.key().equals(key));
        }
    }

    /** Records are erased: they are no longer found by their subjects. */
    void eraseSubjects(Set<Long> ids) {
        freshSubjects.removeIf(subject -> ids.contains(subject.id()));
        if (run != null) {
            run.subjects
                    .subList(run.subjectsWritten, run.subjects.size())
                    .removeIf(subject -> ids.contains(subject.id()));
        }
    }

    /** Freezes what is fresh where that is a full generation. */
    void freezeFull() {
        if (run == null && fresh.size() >= GENERATION) {
            freeze();
        }
    }

    /** Freezes what is fresh, however little it is. Returns whether a run is frozen. */
    boolean freezeEarly() {
        if (run == null && !fresh.isEmpty()) {
            freeze();
        }
        return run != null;
    }

    private void freeze() {
        run = new Run(fresh, freshSubjects, freshSources, freshThrough);
        fresh = new HashMap<>();
        freshSubjects = new ArrayList<>();
        freshSources = new HashMap<>();
    }

    /** What is to be written next, about as many keys as asked for; absent where no run is frozen. */
    @Nullable
    Slice slice(int keys) {
        Run current = run;
        if (current == null) {
            return null;
        }
        int toKey = Math.min(current.keys.size(), current.keysWritten + keys);
        // Both come to their end together.
        int toSubject = current.keys.isEmpty()
                ? current.subjects.size()
                : (int) ((long) current.subjects.size() * toKey / current.keys.size());
        toSubject = Math.max(current.subjectsWritten, toSubject); // there are fewer than before where some were erased
        return new Slice(
                current,
                current.keys.subList(current.keysWritten, toKey),
                current.subjects.subList(current.subjectsWritten, toSubject),
                toKey == current.keys.size());
    }

    /** A slice is durable. */
    void written(Slice slice) {
        Run current = slice.run();
        current.keysWritten += slice.keys().size();
        current.subjectsWritten += slice.subjects().size();
        if (slice.isLast()) {
            run = null;
        }
    }
}
