package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.LatestValuesContract;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.time.Clock;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresLatestValuesTests extends LatestValuesContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected StoredInbox open() throws Exception {
        return StoredInbox.open(postgres.open(), Inboxes.SETTINGS, InboxObserver.NONE, Clock.systemUTC());
    }
}
