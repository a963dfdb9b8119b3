package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.SharedInboxContract;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.Written;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SharedPostgresInboxTests extends SharedInboxContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected Store connect(String name) throws Exception {
        return postgres.open();
    }

    @Override
    protected Callable<Written> begin(Store writer, Batch batch) throws Exception {
        return postgres.begin(batch);
    }
}
