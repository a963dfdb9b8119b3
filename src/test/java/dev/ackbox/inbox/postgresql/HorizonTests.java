package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Timeout(60)
class HorizonTests {

    /** In the server, so that thousands of looks a second meet the moment in question. */
    private static final String LOOK = "DO $$ DECLARE noted bigint; next bigint; later bigint := 0;"
            + " stop timestamptz := clock_timestamp() + interval '5 s'; BEGIN WHILE clock_timestamp() < stop LOOP"
            + " noted := (" + Horizon.LAST_ID + "); next := nextval('record_id');"
            + " IF next <= noted THEN later := later + 1; END IF; END LOOP; INSERT INTO given_later VALUES (later); END $$";

    private final PostgresFixture postgres = new PostgresFixture();
    private final ConcurrentLinkedQueue<SQLException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean end = new AtomicBoolean();

    @Test
    void notesNoIdThatIsGivenLater() throws Exception {
        List<Thread> takers =
                Stream.generate(() -> new Thread(this::takeIds)).limit(2).toList();
        takers.forEach(Thread::start);
        try {
            postgres.execute("CREATE TABLE given_later (number bigint)", LOOK);
        } finally {
            end.set(true);
            for (Thread taker : takers) {
                taker.join();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(postgres.number("SELECT number FROM given_later")).isZero();
    }

    private void takeIds() {
        try (Connection connection = postgres.connect()) {
            while (!end.get()) {
                new Sql(connection).numbers("SELECT max(nextval('record_id')) FROM generate_series(1, 100000)");
            }
        } catch (SQLException ex) {
            failures.add(ex);
        }
    }
}
