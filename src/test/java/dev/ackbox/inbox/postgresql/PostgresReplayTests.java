package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.ReplayContract;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresReplayTests extends ReplayContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected StoredInbox open() throws Exception {
        return StoredInbox.open(postgres.open(), Inboxes.SETTINGS, InboxObserver.NONE, clock);
    }
}
