package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Redaction;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import dev.ackbox.inbox.engine.Retention;
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
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
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
    private IntFunction<String> field = number -> "messages";

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
        assertThat(inbox.archive().erase(ERASED).records()).isEqualTo(1_000);
        awaitSweep();
        assertThat(files()).contains(OTHER_CANARY).doesNotContain(CANARY);
        append(100);
        assertThat(files()).contains(CANARY);
    }

    /** Where retention deletes, the database moves what stays, and leaves copies behind. */
    @Test
    void norWhatRetentionHasMoved() throws Exception {
        append(2_000);
        completeAll();
        // A tick a minute says when the records before it were stored.
        for (Duration step : List.of(Duration.ofMinutes(2), Duration.ofDays(8))) {
            clock.advance(step);
            long ticks = Inboxes.number(directory, "SELECT count(*) FROM tick");
            append(100);
            await().atMost(LONG).until(() -> Inboxes.number(directory, "SELECT count(*) FROM tick") > ticks);
        }
        append(300);
        await().atMost(LONG)
                .until(() -> Inboxes.number(directory, "SELECT count(*) FROM payload WHERE id <= 2000") == 0);
        assertThat(inbox.archive().erase(ERASED).records()).isGreaterThanOrEqualTo(100);
        awaitSweep();
        assertThat(files()).contains(OTHER_CANARY).doesNotContain(CANARY);
    }

    private void completeAll() throws InterruptedException {
        for (InboxRecord next = next(); next != null; next = next()) {
            handlers.done(next, new Outcome.Completed());
        }
        await().atMost(LONG).until(() -> handlers.backlog().waiting() == 0);
    }

    /** Retention of single fields deletes here and there. */
    @Test
    void norWhatRetentionOfAFieldHasMoved() throws Exception {
        inbox.close();
        inbox = StoredInbox.open(
                Inboxes.store(directory),
                new StoredInbox.Settings(
                        Inboxes.SETTINGS.handOver(),
                        Inboxes.SETTINGS.maxBytesToWrite(),
                        new Retention(
                                Duration.ofDays(9),
                                Duration.ofDays(7),
                                Map.of("calls", Duration.ZERO),
                                Duration.ofDays(30),
                                Duration.ofDays(9),
                                Duration.ofDays(30))),
                InboxObserver.NONE,
                clock);
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        field = number -> number % 2 == 0 && number % 9 != 0 ? "calls" : "messages";
        append(3_000);
        completeAll();
        clock.advance(Duration.ofMinutes(2));
        await().atMost(LONG)
                .until(() -> Inboxes.number(
                                directory,
                                "SELECT count(*) FROM payload JOIN record ON record.id = payload.id"
                                        + " JOIN source ON source.id = record.source WHERE field = 'calls' AND record.id < 3000")
                        == 0);
        assertThat(inbox.archive().erase(ERASED).records()).isEqualTo(1_000);
        awaitSweep();
        assertThat(files()).contains(OTHER_CANARY).doesNotContain(CANARY);
    }

    /** Rows of failures come and go, and move each other. */
    @Test
    void norWhyItFailed() throws Exception {
        append(1_500);
        for (int i = 0; i < 1_500; i++) {
            InboxRecord next = next();
            assertThat(next).isNotNull();
            String reason = new String(next.payload(), StandardCharsets.UTF_8).startsWith(CANARY)
                    ? "reason-" + CANARY.toUpperCase(Locale.ROOT) + " ".repeat(random.nextInt(300))
                    : "reason" + " ".repeat(random.nextInt(300));
            handlers.done(
                    next,
                    i % 3 == 0
                            ? new Outcome.Dead(Set.of(), reason)
                            : new Outcome.Retry(clock.instant().plusSeconds(60), Set.of(), reason));
        }
        await().atMost(LONG).until(() -> handlers.backlog().dead() == 500);
        clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 500; i++) {
            InboxRecord next = next();
            assertThat(next).isNotNull();
            handlers.done(next, new Outcome.Completed());
        }
        await().atMost(LONG).until(() -> handlers.backlog().completed() == 500);
        assertThat(files()).contains(CANARY.toUpperCase(Locale.ROOT));
        assertThat(inbox.archive().erase(ERASED).records()).isEqualTo(500);
        awaitSweep();
        assertThat(files()).contains("reason").doesNotContain(CANARY, CANARY.toUpperCase(Locale.ROOT));
    }

    /** A payload of many users is written anew. */
    @Test
    void norWhatManyShare() throws Exception {
        inbox.close();
        Redaction redaction = new Redaction() {

            @Override
            public Set<String> fields() {
                return Set.of("history");
            }

            @Override
            public byte[] without(byte[] payload, Predicate<String> isUser) {
                return new String(payload, StandardCharsets.UTF_8)
                        .replace(CANARY, " ".repeat(CANARY.length()))
                        .getBytes(StandardCharsets.UTF_8);
            }
        };
        inbox = StoredInbox.open(Inboxes.store(directory), Inboxes.SETTINGS, redaction, InboxObserver.NONE, clock);
        field = number -> "history";
        append(600);
        assertThat(inbox.archive().erase(new Subject(Kind.USER, "somebody")).rewritten())
                .isEqualTo(600);
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
        await().atMost(LONG)
                .until(() -> Boolean.FALSE.equals(inbox.archive().storageUse().sweeping()));
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

    private NewRecord record(int number) {
        boolean isErased = number % 3 == 0;
        String canary = isErased ? CANARY : OTHER_CANARY;
        String payload = (canary + " ").repeat(1 + random.nextInt(number % 10 == 0 ? 800 : 40));
        byte[] digest =
                ByteBuffer.allocate(20).putInt(16, number).putInt(number).array();
        return new NewRecord(
                IdempotencyKey.of(1_794_817_947L, digest),
                "default",
                field.apply(number),
                null,
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
