package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Delivery;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;
import dev.ackbox.inbox.engine.Written;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

    /** More of them than one step changes. */
    @Test
    void doesNotKeepDeadLettersFromWhileTheClockWasAhead() throws Exception {
        Duration ahead = Duration.ofDays(365);
        define(CONSUMER);
        clock.advance(ahead);
        List<Long> ids = ids(append(names("n", 450)));
        put(CONSUMER, ids.stream().map(this::dead).toArray(Delivery[]::new));
        forget();
        clock.advance(ahead.negated());
        live(RETENTION.deadLetter().minusHours(1));
        assertThat(store.deadLetters(CONSUMER, MANY)).hasSameSizeAs(ids);
        clock.advance(Duration.ofHours(2));
        forget();
        assertThat(store.deadLetters(CONSUMER, MANY)).isEmpty();
    }
}
