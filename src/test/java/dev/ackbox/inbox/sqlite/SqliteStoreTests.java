package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTests extends StoreContract {

    @TempDir
    private Path directory;

    @Override
    protected Store open() throws Exception {
        return SqliteStore.open(directory);
    }
}
