package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;
import dev.ackbox.inbox.engine.Written;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresStoreTests extends StoreContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected Store open() throws Exception {
        return postgres.open();
    }

    @Override
    protected Store openSecond() throws Exception {
        return postgres.open();
    }

    @Override
    protected void letLeasesEnd() {
        postgres.execute("UPDATE replica SET until = clock_timestamp()");
    }

    @Override
    protected Callable<Written> begin(Store writer, Batch next) throws Exception {
        return postgres.begin(next);
    }

    @Override
    protected void failNextCommit(boolean isDurable) {
        postgres.commits.fail(isDurable);
    }
}
