package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxContract;
import dev.ackbox.inbox.engine.Store;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresInboxTests extends InboxContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected Store openStore() throws Exception {
        return postgres.open();
    }

    /** The server has more to do for each record, and on a loaded machine there are gaps between them. */
    @Override
    protected Duration silence() {
        return Duration.ofMillis(500);
    }
}
