package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.Pace;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other replicas what this one has done, on a thread of its own. Not within the transaction that has done it: of transactions that tell
 * something, the database commits one at a time, and each would wait for the disk meanwhile. Where telling fails they find out by
 * themselves, later.
 */
final class NewsSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NewsSender.class);
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    /** Between two messages; each wakes all replicas. */
    private static final Duration REST = Duration.ofMillis(10);

    private final PostgresDatabase database;
    private final String replica;
    private final Pace pace = new Pace(REST);
    private final Thread thread = new Thread(this::run, "ackbox-inbox-news");
    private Set<String> words = new LinkedHashSet<>();
    private boolean closed;

    /** @param replica whose news it tells */
    NewsSender(PostgresDatabase database, String replica) {
        this.database = database;
        this.replica = replica;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Tells soon; what is said several times until then is told once. */
    synchronized void tell(String word) {
        if (words.add(word)) {
            notifyAll();
        }
    }

    private void run() {
        for (Set<String> next = take(); !next.isEmpty(); next = take()) {
            try {
                tellNow(next);
            } catch (SQLException | RuntimeException ex) {
                log.debug("Other replicas could not be told", ex);
            }
        }
    }

    private void tellNow(Set<String> next) throws SQLException {
        pace.begin();
        String text = replica + " " + String.join(" ", next);
        database.onConnection(connection ->
                new Sql(connection).rows(row -> text, "SELECT pg_notify(?, ?)", NewsListener.CHANNEL, text));
    }

    /** Empty once it is closed and all is told. */
    private synchronized Set<String> take() {
        while (!closed && (words.isEmpty() || pace.nanosToNext() > 0)) {
            try {
                if (words.isEmpty()) {
                    wait();
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, pace.nanosToNext());
                }
            } catch (InterruptedException ex) {
                log.debug("Interrupted; it ends when the store is closed");
            }
        }
        Set<String> taken = words;
        words = new LinkedHashSet<>();
        return taken;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
