package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.StorageUse;
import dev.ackbox.inbox.engine.ArchiveStore;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.IdSpan;
import dev.ackbox.inbox.engine.StoreException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers operators. */
final class PostgresArchiveStore implements ArchiveStore {

    private final PostgresDatabase database;

    PostgresArchiveStore(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public Set<String> consumers() throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public ArchivePage find(HashedFilter filter, long below, int limit) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public IdSpan span(HashedFilter filter) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public long count(HashedFilter filter, IdSpan span) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable ArchivedRecord show(long id) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte @Nullable [] payload(long id) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<RecordState, Long> deliveries(String consumer) throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Long> fields() throws StoreException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path file, BooleanSupplier isCancelled) throws StoreException {
        throw StoreException.of(new UnsupportedOperationException(
                "Back up a PostgreSQL database by its own means, such as pg_basebackup"));
    }

    @Override
    public StorageUse storageUse() throws StoreException {
        throw new UnsupportedOperationException("not yet, as " + database);
    }
}
