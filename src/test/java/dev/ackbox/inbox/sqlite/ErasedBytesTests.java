package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was erased is not in the files any more: they are searched for a canary. */
@Timeout(120)
@Tag("slow")
class ErasedBytesTests {

    private static final Subject ERASED = new Subject(Kind.USER, "491700000001");
    private static final String CANARY = "canary-of-the-erased-user";
    private static final String OTHER_CANARY = "canary-of-another-user";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final MovableClock clock = new MovableClock();
    private final Random random = new Random(7);

    @TempDir
    private Path directory;

    private StoredInbox inbox;
    private Consumer handlers;
    private int appended;

    @BeforeEach
    void open() {
        inbox = Inboxes.sqlite(directory, clock);
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void nothingOfAnErasedUserIsInTheFiles() throws Exception {
        append(3_000);
        failSome();
        noteSome();
        assertThat(files()).contains(CANARY).contains(OTHER_CANARY);
        assertThat(inbox.archive().erase(ERASED)).isEqualTo(1_000);
        awaitSweep();
        assertThat(files()).contains(OTHER_CANARY).doesNotContain(CANARY);
        append(100);
        assertThat(files()).contains(CANARY);
    }

    /**
     * What retention has deleted before is in pages that are free. The page at its edge may have copies of what is behind it, so that
     * is about another user.
     */
    @Test
    void norWhatRetentionHasDeletedBefore() throws Exception {
        append(2_000);
        for (InboxRecord next = next(); next != null; next = next()) {
            handlers.done(next, new Outcome.Completed());
        }
        await().atMost(LONG).until(() -> handlers.backlog().waiting() == 0);
        // A tick a minute says when the records before it were stored.
        for (Duration step : List.of(Duration.ofMinutes(2), Duration.ofDays(8))) {
            clock.advance(step);
            long ticks = Inboxes.number(directory, "SELECT count(*) FROM tick");
            appendOfOther(100);
            await().atMost(LONG).until(() -> Inboxes.number(directory, "SELECT count(*) FROM tick") > ticks);
        }
        append(300);
        await().atMost(LONG)
                .until(() -> Inboxes.number(directory, "SELECT count(*) FROM payload WHERE id <= 2000") == 0);
        assertThat(inbox.archive().erase(ERASED)).isGreaterThanOrEqualTo(100);
        awaitSweep();
        assertThat(files()).contains(OTHER_CANARY).doesNotContain(CANARY);
    }

    @Test
    void aRestartGoesOnWithTheSweep() throws Exception {
        append(300);
        try (Connection shell = new SqliteDatabase(directory.resolve("inbox.db")).open();
                Statement statement = shell.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM record").close();
            inbox.archive().erase(ERASED);
            assertThat(inbox.archive().storageUse().sweeping())
                    .as("while somebody reads an older state")
                    .isTrue();
            inbox.close();
        }
        open();
        awaitSweep();
        assertThat(files()).contains(OTHER_CANARY).doesNotContain(CANARY);
    }

    private void awaitSweep() {
        await().atMost(LONG).until(() -> !inbox.archive().storageUse().sweeping());
    }

    /** A third of them about the one user; payloads of different lengths. */
    private void append(int count) throws Exception {
        List<NewRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(appended++));
            if (records.size() == 50 || i == count - 1) {
                inbox.append(List.copyOf(records)).get(20, TimeUnit.SECONDS);
                records.clear();
            }
        }
    }

    private void appendOfOther(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            appended += appended % 3 == 0 ? 1 : 0;
            append(1);
        }
        appended += (3 - appended % 3) % 3;
    }

    private NewRecord record(int number) {
        boolean isErased = number % 3 == 0;
        String canary = isErased ? CANARY : OTHER_CANARY;
        String payload = (canary + " ").repeat(1 + random.nextInt(number % 10 == 0 ? 800 : 40));
        byte[] digest =
                ByteBuffer.allocate(20).putInt(16, number).putInt(number).array();
        return new NewRecord(
                IdempotencyKey.of(1_794_817_947L, digest),
                "default",
                "messages",
                Lane.CHANGES,
                "conversation " + number % 100,
                null,
                null,
                List.of(isErased ? ERASED : new Subject(Kind.USER, "491700000002")),
                clock.instant(),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Also in place of an earlier note, of another length. */
    private void noteSome() {
        for (int i = 0; i < 200; i++) {
            String canary = i % 3 == 0 ? CANARY : OTHER_CANARY;
            inbox.notes().put(i + 1, "sent", new byte[] {1});
            inbox.notes().put(i + 1, "sent", (canary + i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void failSome() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            InboxRecord next = next();
            assertThat(next).isNotNull();
            handlers.done(next, i % 2 == 0 ? new Outcome.Dead(Set.of(), "no") : retry());
        }
        await().atMost(LONG).until(() -> handlers.backlog().dead() == 100);
    }

    private Outcome retry() {
        return new Outcome.Retry(clock.instant().plusSeconds(60), Set.of(), "not now");
    }

    private InboxRecord next() throws InterruptedException {
        return handlers.next(Lane.CHANGES, Duration.ofMillis(500));
    }

    /** All that the directory has. */
    private String files() throws IOException {
        StringBuilder content = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                content.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content.toString();
    }
}
