package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.News;
import dev.ackbox.inbox.engine.Part;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
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

    /** Instead of a part: a share may be free. */
    static final String FREED = "freed";

    private static final Logger log = LoggerFactory.getLogger(NewsListener.class);
    private static final long CHECK_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int CHECK_TIMEOUT_SECONDS = 2;
    private static final int LONGEST_SILENCE_MILLIS = 5_000;

    private final PostgresDatabase database;
    private final News everything;
    private @Nullable Connection connection;
    private long heardNanos;

    NewsListener(PostgresDatabase database, int shares) {
        this.database = database;
        this.everything = new News(Part.all(shares), true);
    }

    /** Waits until there is something, or the time is over. */
    News await(Duration atMost) throws InterruptedException {
        try {
            Connection open = connection;
            if (open == null) {
                connection = listen();
                heardNanos = System.nanoTime();
                return everything;
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

    private static News news(PGNotification[] all) {
        Set<Part> stored = new HashSet<>();
        boolean freed = false;
        for (PGNotification next : all) {
            for (String word : next.getParameter().split(" ", -1)) {
                if (word.equals(FREED)) {
                    freed = true;
                } else {
                    stored.add(part(word));
                }
            }
        }
        return new News(stored, freed);
    }

    /** As {@link #part} reads it. */
    static String word(Part part) {
        return part.share() + "." + part.lane().code();
    }

    private static Part part(String word) {
        int dot = word.indexOf('.');
        return new Part(
                Integer.parseInt(word.substring(0, dot)), Lane.ofCode(Integer.parseInt(word.substring(dot + 1))));
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
