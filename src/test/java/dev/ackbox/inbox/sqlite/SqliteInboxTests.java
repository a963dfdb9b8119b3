package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.InboxContract;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteInboxTests extends InboxContract {

    @TempDir
    private Path directory;

    @Override
    protected Store openStore() throws StoreException {
        return SqliteStore.open(directory);
    }
}
