package dev.ackbox.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.MovableClock;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Settlement;
import dev.ackbox.inbox.Settlement.Retry;
import dev.ackbox.inbox.jdbc.WriteBatch.Append;
import dev.ackbox.inbox.jdbc.WriteBatch.Settled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the feed reads from the database between a commit and the moment in which it is told of that commit. */
class LaneFeedTests {

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    private SqliteDatabase database;
    private WriteStatements statements;
    private RecordReader reader;
    private LaneFeed feed;

    @BeforeEach
    void open() throws Exception {
        database = new SqliteDatabase(directory.resolve("inbox.db"));
        database.migrate();
        statements = new WriteStatements(database.openForWriting(), clock, 0);
        reader = new RecordReader(database, "reader");
        feed = new LaneFeed(Lane.CHANGES, new HandOverBounds(10, 1 << 20), reader, clock);
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
        statements.close();
    }

    @Test
    void handsOutARecordOnceThatItHasReadBeforeItIsToldOfIt() throws Exception {
        InboxRecord stored = store(1);
        assertThat(claim()).containsExactly(stored.id().value());
        feed.committed(stored);
        assertThat(claim()).isEmpty();
    }

    @Test
    void handsOutARetryOnlyAfterItWasToldOfTheAttemptBefore() throws Exception {
        InboxRecord one = store(1);
        InboxRecord other = store(2);
        assertThat(claim()).hasSize(2);
        Retry atOnce = new Retry(clock.instant(), Set.of(), "failed");
        settle(one, atOnce);
        settle(other, atOnce);

        feed.settled(other, atOnce);
        assertThat(claim()).containsExactly(other.id().value());
        feed.settled(one, atOnce);
        assertThat(claim()).containsExactly(one.id().value());
        assertThat(claim()).isEmpty();
    }

    /** A new connection is opened after each failure; a feed asks for what lies behind the last id that it has seen. */
    @Test
    void handsOutWhatIsStoredAfterEverythingWasDeletedAndTheConnectionWasReplaced() throws Exception {
        InboxRecord one = store(1);
        assertThat(claim()).hasSize(1);
        settle(one, new Settlement.Completed());
        feed.settled(one, new Settlement.Completed());
        statements.delete(List.of(one.id().value()));

        statements.close();
        statements = new WriteStatements(database.openForWriting(), clock, statements.lastId());
        feed.uncertain();
        InboxRecord other = store(2);
        feed.committed(other);
        assertThat(claim()).containsExactly(other.id().value());
    }

    @Test
    void holdsNoMoreBytesOfRetriesInMemoryThanMayBe() throws Exception {
        Retry atOnce = new Retry(clock.instant(), Set.of(), "failed");
        for (int i = 0; i < 40; i++) {
            InboxRecord one = store(i, 100 << 10);
            settle(one, atOnce);
        }
        List<Long> claimed = new ArrayList<>();
        for (List<Long> some = claim(); !some.isEmpty(); some = claim()) {
            claimed.addAll(some);
        }
        assertThat(claimed).as("a quarter of a megabyte, and one more").hasSize(3);
    }

    private InboxRecord store(int number) throws Exception {
        return store(number, 10);
    }

    private InboxRecord store(int number, int length) throws Exception {
        byte[] digest = new byte[16];
        digest[0] = (byte) number;
        NewRecord newRecord = new NewRecord(
                IdempotencyKey.of(0, digest),
                "default",
                "messages",
                Lane.CHANGES,
                "user",
                null,
                null,
                List.of(),
                clock.instant(),
                new byte[length]);
        return statements
                .write(new WriteBatch(List.of(Append.of(List.of(newRecord))), List.of()))
                .stored()
                .get(0);
    }

    private void settle(InboxRecord settled, Settlement settlement) throws Exception {
        statements.write(new WriteBatch(List.of(), List.of(new Settled(settled, settlement))));
    }

    private List<Long> claim() throws Exception {
        return feed.claim(10, Duration.ZERO).stream()
                .map(claimed -> claimed.id().value())
                .toList();
    }
}
