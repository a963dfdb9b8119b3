package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.BackupState;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.Records;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.test.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy is made while the inbox works, and an inbox that is opened on the copy goes on where it was. */
@Timeout(60)
class BackupTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Subject USER = new Subject(Kind.USER, "491700000001");

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @TempDir
    private Path backups;

    @TempDir
    private Path restored;

    private StoredInbox inbox;
    private Consumer handlers;

    @BeforeEach
    void open() {
        open(directory);
    }

    private void open(Path from) {
        inbox = Inboxes.sqlite(from, clock);
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    @AfterEach
    void close() {
        inbox.close();
    }

    @Test
    void theCopyGoesOnWhereTheInboxWas() throws Exception {
        append(0, 100);
        for (int i = 0; i < 10; i++) {
            handlers.done(next(), i == 0 ? new Outcome.Dead(Set.of(), "no") : new Outcome.Completed());
        }
        await().atMost(LONG).until(() -> handlers.backlog().waiting() == 90);
        BackupState backup = backUp();
        assertThat(backup.failure()).isNull();
        append(100, 150);
        inbox.close();
        Files.copy(backup.file(), restored.resolve("inbox.db"));
        open(restored);
        assertThat(handlers.backlog().assigned()).isEqualTo(100);
        assertThat(handlers.backlog().dead()).isEqualTo(1);
        assertThat(IntStream.range(10, 100).mapToObj(i -> name()).toList())
                .containsExactlyElementsOf(
                        IntStream.range(10, 100).mapToObj(i -> "n" + i).toList());
        append(0, 100);
        assertThat(handlers.backlog().assigned()).as("duplicates are known").isEqualTo(100);
    }

    /** On another machine, the list beside the backups tells. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasErasedSinceIsErasedAgain(boolean here) throws Exception {
        inbox.close();
        openWithBackups(directory);
        appendAbout("a", "491700000001");
        appendAbout("b", "491700000002");
        BackupState backup = backUp();
        appendAbout("c", "491700000001");
        assertThat(inbox.archive().erase(USER).records()).isEqualTo(2);
        inbox.close();
        assertThat(Files.readString(directory.resolve("erasures"))).matches("[-0-9T:.]+Z [0-9a-f]{16}\n");
        Path target = here ? directory : restored;
        Files.copy(backup.file(), target.resolve("inbox.db"), StandardCopyOption.REPLACE_EXISTING);
        openWithBackups(target);
        assertThat(name()).isEqualTo("b");
        appendAbout("d", "491700000001");
        assertThat(name()).as("what came since").isEqualTo("d");
        inbox.close();
        openWithBackups(target);
        assertThat(inbox.archive().find(RecordFilter.ALL, null, 10).records())
                .extracting(ArchivedRecord::size)
                .as("nothing is repeated twice")
                .containsExactly(1, 1, null);
    }

    /** Such as after a crash before the erasure was noted as done. */
    @Test
    void whatCameAfterAnErasureIsNotErasedAgain() throws Exception {
        appendAbout("a", "491700000001");
        clock.advance(Duration.ofMillis(1));
        new ErasureList(directory).add(subject(), clock.instant());
        clock.advance(Duration.ofMillis(1));
        appendAbout("b", "491700000001");
        inbox.close();
        open(directory);
        assertThat(sizes()).containsExactly(1, null);
    }

    @Test
    void aClockThatStepsBackHasNothingErasedAgain() throws Exception {
        inbox.archive().erase(USER);
        clock.advance(Duration.ofHours(-2));
        inbox.archive().erase(USER);
        appendAbout("a", "491700000001");
        inbox.close();
        open(directory);
        assertThat(sizes()).containsExactly(1);
    }

    /** The copy has seen the first one. */
    @Test
    void anErasureAfterTheClockWentBackIsRepeatedToo() throws Exception {
        inbox.close();
        openWithBackups(directory);
        inbox.archive().erase(USER);
        clock.advance(Duration.ofHours(-2));
        appendAbout("a", "491700000001");
        BackupState backup = backUp();
        assertThat(inbox.archive().erase(USER).records()).isEqualTo(1);
        inbox.close();
        Files.copy(backup.file(), restored.resolve("inbox.db"));
        openWithBackups(restored);
        assertThat(sizes()).singleElement().isNull();
    }

    private long subject() {
        return HexFormat.fromHexDigitsToLong(inbox.archive().digest(USER));
    }

    /** Newest first; null where it is erased. */
    private List<Integer> sizes() {
        return inbox.archive().find(RecordFilter.ALL, null, 10).records().stream()
                .map(ArchivedRecord::size)
                .toList();
    }

    @Test
    void aListThatACrashHasCutGoesOn() throws Exception {
        Files.writeString(directory.resolve("erasures"), "2026-11-29T08:15:30Z 3f0a5b");
        inbox.archive().erase(USER);
        inbox.archive().erase(new Subject(Kind.USER, "491700000002"));
        assertThat(new ErasureList(directory).read()).hasSize(2);
    }

    @Test
    void aListThatIsDamagedIsSaid() throws Exception {
        inbox.archive().erase(USER);
        Path list = directory.resolve("erasures");
        Files.writeString(list, "2026-11-29T08:15:30Z 3f0a5b\n" + Files.readString(list));
        assertThatIOException()
                .isThrownBy(() -> new ErasureList(directory).read())
                .withMessageContaining("Line 1")
                .withMessageContaining(list.toString());
        inbox.close();
        assertThatException().isThrownBy(() -> open(directory)).withStackTraceContaining("Line 1");
    }

    @Test
    void aListThatCannotBeReadIsSaid() throws Exception {
        inbox.close();
        Path list = Files.createDirectory(directory.resolve("erasures"));
        assertThatException().isThrownBy(() -> open(directory));
        Files.delete(list);
    }

    @Test
    void theListBesideTheBackupsIsCompleted() throws Exception {
        inbox.archive().erase(USER);
        inbox.close();
        openWithBackups(directory);
        assertThat(new ErasureList(backups).read()).as("at the start").hasSize(1);
        Files.delete(backups.resolve("erasures"));
        inbox.archive().erase(new Subject(Kind.USER, "491700000002"));
        assertThat(new ErasureList(backups).read()).as("with the next one").hasSize(2);
        inbox.close();
        openWithBackups(restored);
        assertThat(new ErasureList(restored).read()).as("on another machine").hasSize(2);
    }

    private void openWithBackups(Path from) throws Exception {
        inbox = StoredInbox.open(
                SqliteStore.open(from, backups, UnaryOperator.identity()), Inboxes.SETTINGS, InboxObserver.NONE, clock);
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    private void appendAbout(String name, String user) throws Exception {
        NewRecord plain = Records.of(name, Lane.CHANGES, user, 1, clock.instant());
        NewRecord about = new NewRecord(
                plain.key(),
                plain.endpoint(),
                plain.field(),
                null,
                plain.lane(),
                plain.conversation(),
                null,
                null,
                List.of(new Subject(Kind.USER, user)),
                plain.receivedAt(),
                plain.payload());
        inbox.append(List.of(about)).get(20, TimeUnit.SECONDS);
    }

    @Test
    void receivingGoesOnMeanwhile() throws Exception {
        for (int from = 0; from < 20_000; from += 1_000) {
            append(from, from + 1_000);
        }
        inbox.archive().backup(backups);
        assertThatIllegalStateException().isThrownBy(() -> inbox.archive().backup(backups));
        int appended = 20_000;
        while (isRunning()) {
            append(appended, ++appended);
        }
        assertThat(appended).isGreaterThan(20_000);
        assertThat(last().failure()).isNull();
        assertThat(files()).containsExactly(last().file());
    }

    @Test
    void oneThatIsBrokenOffLeavesNothing() throws Exception {
        for (int from = 0; from < 20_000; from += 1_000) {
            append(from, from + 1_000);
        }
        inbox.archive().backup(backups);
        inbox.close();
        assertThat(last().failure()).isNotNull();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatACrashHasLeftGoesWithTheNextOne() throws Exception {
        Files.createFile(backups.resolve("inbox-20261128T000000.000Z.db.part"));
        Path other = Files.createFile(backups.resolve("other.db.part"));
        assertThat(files()).hasSize(2);
        assertThat(backUp().failure()).isNull();
        assertThat(files()).containsExactlyInAnyOrder(last().file(), other);
    }

    @Test
    void whatACrashHasLeftGoesAtTheStart() throws Exception {
        Files.createFile(backups.resolve("inbox-20261128T000000.000Z.db.part"));
        Path other = Files.createFile(backups.resolve("other.db.part"));
        inbox.deleteUnfinishedBackups(backups);
        inbox.deleteUnfinishedBackups(backups.resolve("missing"));
        assertThat(files()).containsExactly(other);
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaid() throws Exception {
        Path file = Files.createFile(backups.resolve("file"));
        inbox.archive().backup(file);
        await().atMost(LONG).until(() -> !isRunning());
        assertThat(last().failure()).contains(file.toString());
    }

    private BackupState backUp() {
        inbox.archive().backup(backups);
        await().atMost(LONG).until(() -> !isRunning());
        return last();
    }

    private boolean isRunning() {
        return last().endedAt() == null;
    }

    private BackupState last() {
        BackupState last = inbox.archive().lastBackup();
        assertThat(last).isNotNull();
        return last;
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(backups)) {
            return files.toList();
        }
    }

    private void append(int from, int to) throws Exception {
        List<NewRecord> records = IntStream.range(from, to)
                .mapToObj(i -> Records.of("n" + i, Lane.CHANGES, "conversation", 200, clock.instant()))
                .toList();
        inbox.append(records).get(20, TimeUnit.SECONDS);
    }

    private InboxRecord next() throws InterruptedException {
        InboxRecord next = handlers.next(Lane.CHANGES, LONG);
        assertThat(next).isNotNull();
        return next;
    }

    /** Of the next record, which is completed. */
    private String name() {
        try {
            InboxRecord next = next();
            handlers.done(next, new Outcome.Completed());
            return Records.name(next);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
