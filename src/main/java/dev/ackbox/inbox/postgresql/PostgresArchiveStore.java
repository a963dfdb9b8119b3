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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers operators. */
final class PostgresArchiveStore implements ArchiveStore {

    private final PostgresDatabase database;
    private final Horizon horizon = new Horizon();

    PostgresArchiveStore(PostgresDatabase database) {
        this.database = database;
    }

    private interface Question<T extends @Nullable Object> {

        T ask(PostgresArchiveReader reader) throws SQLException;
    }

    @Override
    public Set<String> consumers() throws StoreException {
        return ask(PostgresArchiveReader::consumers);
    }

    @Override
    public ArchivePage find(HashedFilter filter, long below, int limit) throws StoreException {
        return ask(reader -> reader.find(filter, below, limit));
    }

    @Override
    public IdSpan span(HashedFilter filter) throws StoreException {
        try {
            long decided = database.onConnection(horizon::decideAll);
            return ask(reader -> reader.span(filter, decided));
        } catch (SQLException ex) {
            throw StoreException.of(ex);
        }
    }

    @Override
    public long count(HashedFilter filter, IdSpan span) throws StoreException {
        return ask(reader -> reader.count(filter, span));
    }

    @Override
    public @Nullable ArchivedRecord show(long id) throws StoreException {
        return this.<@Nullable ArchivedRecord>ask(reader -> reader.show(id));
    }

    @Override
    public byte @Nullable [] payload(long id) throws StoreException {
        return this.<byte @Nullable []>ask(reader -> reader.payload(id));
    }

    @Override
    public Map<RecordState, Long> deliveries(String consumer) throws StoreException {
        return ask(reader -> reader.deliveries(consumer));
    }

    @Override
    public Map<String, Long> fields() throws StoreException {
        return ask(PostgresArchiveReader::fields);
    }

    @Override
    public void copy(Path file, BooleanSupplier isCancelled) throws StoreException {
        throw StoreException.of(new UnsupportedOperationException(
                "A PostgreSQL database is backed up by its own means, such as pg_basebackup"));
    }

    @Override
    public StorageUse storageUse() throws StoreException {
        return ask(reader -> new StorageUse(reader.bytes(), null, null, null, null));
    }

    /** Each question sees one state of the database. */
    private <T extends @Nullable Object> T ask(Question<T> question) throws StoreException {
        try {
            return database.onConnection(connection -> {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                T answer = question.ask(new PostgresArchiveReader(connection));
                connection.commit();
                return answer;
            });
        } catch (SQLException ex) {
            throw StoreException.of(ex);
        }
    }
}
