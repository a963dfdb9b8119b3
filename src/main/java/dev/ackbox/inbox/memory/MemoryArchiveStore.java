package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.ConsumerState;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.StorageUse;
import dev.ackbox.inbox.engine.ArchiveStore;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.IdSpan;
import dev.ackbox.inbox.engine.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers operators by looking at all records. */
final class MemoryArchiveStore implements ArchiveStore {

    private final MemoryDatabase database;

    MemoryArchiveStore(MemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Set<String> consumers() {
        synchronized (database) {
            return database.consumers().stream()
                    .map(consumer -> consumer.definition.name())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Override
    public ArchivePage find(HashedFilter filter, long below, int limit) {
        synchronized (database) {
            List<ArchivedRecord> found = new ArrayList<>();
            for (MemoryRecord stored :
                    database.records.headMap(below, false).descendingMap().values()) {
                ArchivedRecord next = archived(stored, ofName(filter.filter().consumer()));
                if (filter.matches(next, stored.subjects())) {
                    if (found.size() == limit) {
                        return new ArchivePage(found, found.get(limit - 1).id());
                    }
                    found.add(next);
                }
            }
            return new ArchivePage(found, null);
        }
    }

    @Override
    public IdSpan span(HashedFilter filter) {
        synchronized (database) {
            return new IdSpan(0, database.decided());
        }
    }

    @Override
    public long count(HashedFilter filter, IdSpan span) {
        synchronized (database) {
            return database.records.subMap(span.after(), false, span.through(), true).values().stream()
                    .filter(stored -> filter.matches(stored.archived(List.of()), stored.subjects()))
                    .count();
        }
    }

    private Stream<MemoryConsumer> ofName(String name) {
        return database.consumers().stream()
                .filter(consumer -> consumer.definition.name().equals(name));
    }

    @Override
    public @Nullable ArchivedRecord show(long id) {
        synchronized (database) {
            MemoryRecord stored = database.records.get(id);
            return stored == null ? null : archived(stored, database.consumers().stream());
        }
    }

    private static ArchivedRecord archived(MemoryRecord stored, Stream<MemoryConsumer> consumers) {
        List<ConsumerState> states = consumers
                .filter(consumer -> consumer.knows(stored))
                .map(consumer -> consumer.stateOf(stored))
                .toList();
        return stored.archived(states);
    }

    @Override
    public byte @Nullable [] payload(long id) {
        synchronized (database) {
            MemoryRecord stored = database.records.get(id);
            return stored == null || !stored.hasPayload()
                    ? null
                    : stored.record().payload().clone();
        }
    }

    @Override
    public Map<RecordState, Long> deliveries(String consumer) {
        synchronized (database) {
            Map<RecordState, Long> counts = new EnumMap<>(RecordState.class);
            ofName(consumer)
                    .flatMap(known -> known.deliveries.values().stream())
                    .forEach(delivery -> counts.merge(delivery.state().recordState(), 1L, Long::sum));
            return counts;
        }
    }

    @Override
    public Map<String, Long> fields() {
        synchronized (database) {
            return database.records.values().stream()
                    .collect(Collectors.groupingBy(
                            stored -> stored.record().field(), TreeMap::new, Collectors.counting()));
        }
    }

    @Override
    public void copy(Path file, BooleanSupplier isCancelled) throws StoreException {
        throw StoreException.of(new UnsupportedOperationException("What is in memory alone has no backup"));
    }

    @Override
    public StorageUse storageUse() {
        synchronized (database) {
            long bytes = database.records.values().stream()
                    .mapToLong(stored -> stored.record().footprint())
                    .sum();
            Runtime runtime = Runtime.getRuntime();
            return new StorageUse(
                    bytes, 0L, 0L, runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory(), false);
        }
    }
}
