package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.ReplayContract;
import dev.ackbox.inbox.engine.StoredInbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteReplayTests extends ReplayContract {

    @TempDir
    private Path directory;

    @Override
    protected StoredInbox open() {
        return Inboxes.sqlite(directory, clock);
    }
}
