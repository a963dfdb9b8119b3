package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.engine.News;
import dev.ackbox.inbox.engine.Pace;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what other replicas tell, on a connection of its own. What they tell while there is none is lost, so everything may have changed once there
 * is one again. Used by the thread of the shares.
 */
final class NewsListener implements AutoCloseable {

    static final String CHANNEL = "ackbox_news";

    /** There are records of shares that the sender does not hold. */
    static final String STORED = "stored";

    /** A share may be free. */
    static final String FREED = "freed";

    /** Between two calls of the receiver: what arrives in between becomes one call. */
    private static final Duration REST = Duration.ofMillis(5);

    private static final Logger log = LoggerFactory.getLogger(NewsListener.class);
    private static final long CHECK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int CHECK_TIMEOUT_SECONDS = 2;
    private static final int LONGEST_SILENCE_MILLIS = 5_000;

    private final PostgresDatabase database;
    private final String replica;
    private final Pace pace = new Pace(REST);
    private @Nullable Connection connection;
    private long heardNanos;

    /** @param replica whose own news it leaves out */
    NewsListener(PostgresDatabase database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    /** Waits until there is something, or the time is over. */
    News await(Duration atMost) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pace.nanosToNext());
        try {
            Connection open = connection;
            if (open == null) {
                connection = listen();
                heardNanos = System.nanoTime();
                return News.ANY;
            }
            return heard(open, atMost);
        } catch (SQLException ex) {
            log.debug("Listening failed; trying again", ex);
            close();
            TimeUnit.MILLISECONDS.sleep(atMost.toMillis());
            return News.NONE;
        }
    }

    private Connection listen() throws SQLException {
        Connection opened = database.openAside();
        try (Statement statement = opened.createStatement()) {
            opened.setNetworkTimeout(Runnable::run, LONGEST_SILENCE_MILLIS);
            statement.execute("LISTEN " + CHANNEL);
            return opened;
        } catch (SQLException | RuntimeException ex) {
            try (opened) {
                throw ex;
            }
        }
    }

    private News heard(Connection open, Duration atMost) throws SQLException {
        PGConnection listening = open.unwrap(PGConnection.class);
        PGNotification[] all = atMost.isZero()
                ? listening.getNotifications()
                : listening.getNotifications((int) Math.max(1, atMost.toMillis()));
        long now = System.nanoTime();
        if (all != null && all.length > 0) {
            heardNanos = now;
            pace.begin();
            return news(all);
        }
        if (now - heardNanos > CHECK_INTERVAL_NANOS) {
            heardNanos = now;
            if (!open.isValid(CHECK_TIMEOUT_SECONDS)) {
                throw new SQLException("The connection is lost");
            }
        }
        return News.NONE;
    }

    private News news(PGNotification[] all) {
        Set<String> words = new HashSet<>();
        for (PGNotification next : all) {
            List<String> said = List.of(next.getParameter().split(" ", -1));
            if (!said.get(0).equals(replica)) {
                words.addAll(said);
            }
        }
        return new News(words.contains(STORED), words.contains(FREED));
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException ex) {
                log.debug("Closing a connection failed", ex);
            }
        }
    }
}
