package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxContract;
import dev.ackbox.inbox.engine.Store;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresInboxTests extends InboxContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected Store openStore() throws Exception {
        return postgres.open();
    }
}
