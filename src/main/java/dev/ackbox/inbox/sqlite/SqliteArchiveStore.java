package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.ArchivePage;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.StorageUse;
import dev.ackbox.inbox.engine.ArchiveStore;
import dev.ackbox.inbox.engine.HashedFilter;
import dev.ackbox.inbox.engine.IdSpan;
import dev.ackbox.inbox.engine.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers operators over a connection of its own, which is opened with the first question and cannot write. */
final class SqliteArchiveStore implements ArchiveStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SqliteArchiveStore.class);

    private final SqliteDatabase database;
    private final WriteAheadLog writeAheadLog;
    private @Nullable SqliteArchiveReader reader;

    SqliteArchiveStore(SqliteDatabase database, WriteAheadLog writeAheadLog) {
        this.database = database;
        this.writeAheadLog = writeAheadLog;
    }

    private interface Question<T extends @Nullable Object> {

        T ask(SqliteArchiveReader reader) throws SQLException;
    }

    @Override
    public Set<String> consumers() throws StoreException {
        return ask(SqliteArchiveReader::consumers);
    }

    @Override
    public ArchivePage find(HashedFilter filter, long below, int limit) throws StoreException {
        return ask(current -> current.find(filter, below, limit));
    }

    @Override
    public IdSpan span(HashedFilter filter) throws StoreException {
        return ask(current -> current.span(filter));
    }

    @Override
    public long count(HashedFilter filter, IdSpan span) throws StoreException {
        return ask(current -> current.count(filter, span));
    }

    @Override
    public @Nullable ArchivedRecord show(long id) throws StoreException {
        return this.<@Nullable ArchivedRecord>ask(current -> current.show(id));
    }

    @Override
    public byte @Nullable [] payload(long id) throws StoreException {
        return this.<byte @Nullable []>ask(current -> current.payload(id));
    }

    @Override
    public Map<RecordState, Long> deliveries(String consumer) throws StoreException {
        return ask(current -> current.deliveries(consumer));
    }

    @Override
    public Map<String, Long> fields() throws StoreException {
        return ask(SqliteArchiveReader::fields);
    }

    @Override
    public void copy(Path file, BooleanSupplier isCancelled) throws StoreException {
        try {
            SqliteCopy.copy(database, file, isCancelled);
        } catch (SQLException | IOException ex) {
            throw StoreException.of(ex);
        }
    }

    @Override
    public StorageUse storageUse() throws StoreException {
        return ask(current -> new StorageUse(
                current.pages("page_count") * SqliteDatabase.PAGE_BYTES,
                current.pages("freelist_count") * SqliteDatabase.PAGE_BYTES,
                writeAheadLog.bytes(),
                freeBytes(),
                current.isSweeping()));
    }

    private long freeBytes() throws SQLException {
        try {
            return Files.getFileStore(database.file()).getUsableSpace();
        } catch (IOException ex) {
            throw new SQLException(ex.getMessage(), ex);
        }
    }

    /** After an exception, the next question opens a new connection. */
    private <T extends @Nullable Object> T ask(Question<T> question) throws StoreException {
        try {
            SqliteArchiveReader current = reader;
            if (current == null) {
                current = SqliteArchiveReader.open(database);
                reader = current;
            }
            current.begin();
            try {
                return question.ask(current);
            } finally {
                current.end();
            }
        } catch (SQLException ex) {
            close();
            throw StoreException.of(ex);
        }
    }

    @Override
    public void close() {
        SqliteArchiveReader current = reader;
        reader = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException ex) {
                log.debug("Closing a connection failed", ex);
            }
        }
    }
}
