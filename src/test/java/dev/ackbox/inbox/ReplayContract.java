package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.RecordFilter.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every engine brings records to the handlers once more. */
public abstract class ReplayContract extends ArchiveFixture {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int FAST = Replays.MAX_RATE;

    private Replays replays;

    @BeforeEach
    void findReplays() {
        replays = inbox.replays();
    }

    private void restartWithReplays() throws Exception {
        restart();
        findReplays();
    }

    @Test
    void bringsWhatMatchesInOrderWhateverHasBecomeOfIt() throws Exception {
        append(
                record("a").about(USER),
                record("b").about(OTHER_USER),
                record("c").about(USER),
                record("d").about(USER));
        handle(new Outcome.Completed());
        handle(new Outcome.Completed());
        handle(new Outcome.Dead(Set.of("orders"), "no"));
        handle(new Outcome.Completed());
        Replay replay = start(about(USER));
        assertThat(replay.consumer().backlog().assigned()).isEqualTo(3);
        assertThat(handleAll(replay)).containsExactly("a", "c", "d");
        assertThat(handlers.backlog().dead()).isEqualTo(1);
    }

    @Test
    void handlersAreCalledAsIfForTheFirstTime() throws Exception {
        append(record("a"));
        handle(new Outcome.Dead(Set.of("orders"), "no"));
        InboxRecord again = next(start(RecordFilter.ALL).consumer());
        assertThat(again.failedAttempts()).isZero();
        assertThat(again.succeeded()).isEmpty();
        assertThat(again.payload()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void byKeyIdsSourceAndTime() throws Exception {
        append(record("a").from(new Source("shop", "calls", "1", "2")));
        clock.advance(Duration.ofHours(1));
        append(record("b"), record("c"));
        for (int i = 0; i < 3; i++) {
            handle(new Outcome.Completed());
        }
        assertThat(handleAll(start(from(new Source("shop", "calls", "1", "2")))))
                .containsExactly("a");
        assertThat(handleAll(start(RecordFilter.ofIds("handlers", Set.of(idOf("a"), idOf("c"))))))
                .containsExactly("a", "c");
        assertThat(handleAll(start(new RecordFilter(
                        "handlers", Set.of(), null, Records.key("b"), List.of(), Source.ANY, null, null))))
                .containsExactly("b");
        assertThat(handleAll(start(between(start.plusSeconds(60), null)))).containsExactly("b", "c");
        assertThat(handleAll(start(between(null, start.plusSeconds(60))))).containsExactly("a");
        assertThat(start(from(new Source("nowhere", null, null, null))).isRunning())
                .isFalse();
    }

    @Test
    void endsWithWhatWasThereWhenItStarted() throws Exception {
        append(record("a"));
        handle(new Outcome.Completed());
        Replay replay = start(RecordFilter.ALL);
        append(record("b"));
        assertThat(Records.name(next(handlers))).isEqualTo("b");
        assertThat(replay.consumer().next(Lane.CHANGES, SHORT))
                .as("its conversation is busy")
                .isNull();
        restartWithReplays();
        handle(new Outcome.Completed());
        Replay goesOn = replays.all().get(0);
        assertThat(handleAll(goesOn)).containsExactly("a");
        assertThat(goesOn.consumer().backlog().assigned()).isEqualTo(1);
    }

    /** Only one worker waits for the turn; if it gives up, the next one does. */
    @Test
    void aWorkerThatGivesUpLeavesTheTurnToTheNextOne() throws Exception {
        append(record("a"), record("b").of("another one"));
        handle(new Outcome.Completed());
        handle(new Outcome.Completed());
        Consumer replay = replays.start(RecordFilter.ALL, null, 1, "{}").consumer();
        next(replay);
        FutureTask<@Nullable InboxRecord> impatient = worker(replay, Duration.ofMillis(500));
        FutureTask<@Nullable InboxRecord> patient = worker(replay, LONG.multipliedBy(2));
        assertThat(impatient.get()).isNull();
        assertThat(patient.get(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    }

    private static FutureTask<@Nullable InboxRecord> worker(Consumer consumer, Duration patience) {
        FutureTask<@Nullable InboxRecord> next = new FutureTask<>(() -> consumer.next(Lane.CHANGES, patience));
        Thread worker = new Thread(next);
        worker.setDaemon(true);
        worker.start();
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> worker.getState() == Thread.State.TIMED_WAITING || next.isDone());
        return next;
    }

    @Test
    void neverWorksOnAConversationAtTheSameTimeAsLiveTraffic() throws Exception {
        append(record("a"), record("b").of("another one"));
        handle(new Outcome.Completed());
        handle(new Outcome.Completed());
        Replay replay = start(RecordFilter.ALL);
        append(record("live"));
        InboxRecord live = next(handlers);
        assertThat(Records.name(live)).isEqualTo("live");
        InboxRecord other = next(replay.consumer());
        assertThat(Records.name(other)).isEqualTo("b");
        assertThat(replay.consumer().next(Lane.CHANGES, SHORT)).isNull();
        handlers.done(live, new Outcome.Completed());
        InboxRecord again = next(replay.consumer());
        assertThat(Records.name(again)).isEqualTo("a");
        append(record("waits"));
        assertThat(handlers.next(Lane.CHANGES, SHORT)).isNull();
        replay.consumer().done(again, new Outcome.Completed());
        assertThat(Records.name(next(handlers))).isEqualTo("waits");
    }

    @Test
    void restsWhileLiveRecordsWaitForAWorker() throws Exception {
        append(record("a"));
        handle(new Outcome.Completed());
        Replay replay = start(RecordFilter.ALL);
        append(record("live").of("another one"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(handlers.readyFor(Lane.CHANGES)).isPositive());
        assertThat(replay.consumer().next(Lane.CHANGES, SHORT)).isNull();
        handle(new Outcome.Completed());
        assertThat(handleAll(replay)).containsExactly("a");
    }

    @Test
    void restsWhileTheHandlersArePaused() throws Exception {
        append(record("a"));
        handle(new Outcome.Completed());
        Replay replay = start(RecordFilter.ALL);
        handlers.pause();
        assertThat(replay.consumer().next(Lane.CHANGES, SHORT)).isNull();
        handlers.resume();
        assertThat(handleAll(replay)).containsExactly("a");
    }

    @Test
    void keepsItsRate() throws Exception {
        appendAndHandle(30);
        Replay replay = replays.start(RecordFilter.ALL, null, 100, "{}");
        long begin = System.nanoTime();
        assertThat(handleAll(replay)).hasSize(30);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("30 records at 100 a second, less what may come at once")
                .isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        appendAndHandle(40);
        Replay replay = replays.start(about(USER), "orders", FAST, "of a user");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            names.add(handle(replay.consumer(), new Outcome.Completed()));
        }
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(replay.consumer().backlog().completed()).isEqualTo(15));
        restartWithReplays();
        Replay goesOn = replays.all().get(0);
        assertThat(goesOn.id()).isEqualTo(replay.id());
        assertThat(goesOn.createdAt()).isEqualTo(replay.createdAt());
        assertThat(goesOn.handler()).isEqualTo("orders");
        assertThat(goesOn.rate()).isEqualTo(FAST);
        assertThat(goesOn.description()).isEqualTo("of a user");
        assertThat(goesOn.consumer().backlog().assigned()).isEqualTo(40);
        names.addAll(handleAll(goesOn));
        assertThat(names).containsExactlyElementsOf(Records.names(40));
        restartWithReplays();
        assertThat(replays.all().get(0).isRunning()).isFalse();
    }

    @Test
    void retriesAndHasDeadLettersOfItsOwn() throws Exception {
        append(record("a"), record("b"));
        handle(new Outcome.Completed());
        handle(new Outcome.Completed());
        Replay replay = start(RecordFilter.ALL);
        InboxRecord first = next(replay.consumer());
        replay.consumer().done(first, new Outcome.Retry(clock.instant(), Set.of("orders"), "not now"));
        handle(replay.consumer(), new Outcome.Completed());
        InboxRecord again = next(replay.consumer());
        assertThat(again.succeeded()).containsExactly("orders");
        replay.consumer().done(again, new Outcome.Dead(Set.of(), "no"));
        awaitCounts(replay, 1, 1, 0);
        assertThat(replay.isRunning()).isFalse();
        RecordFilter dead = RecordFilter.ofConsumer(replay.id()).in(RecordState.DEAD);
        assertThat(found(dead)).containsExactly("a");
        assertThat(archive.requeue(dead)).isEqualTo(1);
        assertThat(handleAll(replay)).containsExactly("a");
        awaitCounts(replay, 2, 0, 0);
        assertThat(handlers.backlog().completed()).isEqualTo(2);
    }

    @Test
    void countsPayloadsThatAreGoneAsDiscarded() throws Exception {
        append(record("a").about(USER), record("b"), record("c"));
        for (int i = 0; i < 3; i++) {
            handle(new Outcome.Completed());
        }
        awaitFound(RecordState.COMPLETED, 3);
        archive.erase(USER);
        Replay replay = start(RecordFilter.ALL);
        assertThat(handleAll(replay)).containsExactly("b", "c");
        awaitCounts(replay, 2, 0, 1);
        assertThat(archive.show(idOf("a")).consumers())
                .extracting(ConsumerState::consumer)
                .containsExactly("handlers");
    }

    @Test
    void whatIsErasedDuringAReplayIsNotBrought() throws Exception {
        append(record("a").about(USER), record("b").of("another one").about(USER));
        handle(new Outcome.Completed());
        handle(new Outcome.Completed());
        awaitFound(RecordState.COMPLETED, 2);
        Replay replay = start(about(USER));
        replay.consumer().pause();
        archive.erase(USER);
        replay.consumer().resume();
        assertThat(replay.consumer().next(Lane.CHANGES, SHORT)).isNull();
        await().atMost(LONG).until(() -> !replay.isRunning());
        awaitCounts(replay, 0, 0, 2);
    }

    @Test
    void whatItIsNotAboutHasNoStateOfIt() throws Exception {
        append(record("a").about(USER), record("b").about(OTHER_USER));
        handle(new Outcome.Completed());
        handle(new Outcome.Completed());
        Replay replay = start(about(USER));
        handleAll(replay);
        append(record("later").about(USER));
        RecordFilter completed = RecordFilter.ofConsumer(replay.id()).in(RecordState.COMPLETED);
        await().atMost(LONG).untilAsserted(() -> assertThat(found(completed)).containsExactly("a"));
        assertThat(archive.show(idOf("b")).consumers()).hasSize(1);
        assertThat(archive.show(idOf("later")).consumers()).hasSize(1);
    }

    @Test
    void isForgottenWhenItIsStopped() throws Exception {
        appendAndHandle(3);
        Replay replay = start(RecordFilter.ALL);
        InboxRecord working = next(replay.consumer());
        assertThat(replays.remove(replay.id())).isTrue();
        replay.consumer().done(working, new Outcome.Dead(Set.of(), "no"));
        assertThat(replays.all()).isEmpty();
        assertThat(replay.consumer().next(Lane.CHANGES, SHORT)).isNull();
        assertThat(replays.remove(replay.id())).isFalse();
        assertThat(archive.consumers()).containsExactly("handlers");
        append(record("live").about(USER));
        assertThat(Records.name(next(handlers))).as("the conversation is free").isEqualTo("live");
        restartWithReplays();
        assertThat(replays.all()).isEmpty();
    }

    @Test
    void soManyAreKept() throws Exception {
        appendAndHandle(1);
        Replay first = start(RecordFilter.ALL);
        for (int i = 1; i < Replays.MOST; i++) {
            start(RecordFilter.ALL);
        }
        assertThatIllegalStateException().isThrownBy(() -> start(RecordFilter.ALL));
        handleAll(first);
        await().atMost(LONG).until(() -> !first.isRunning());
        Replay last = start(RecordFilter.ALL);
        assertThat(replays.all()).hasSize(Replays.MOST).doesNotContain(first).contains(last);
    }

    @Test
    void aRateThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> replays.start(RecordFilter.ALL, null, 0, "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> replays.start(RecordFilter.ALL, null, FAST + 1, "{}"));
    }

    /** So many that they do not fit into memory, of few and of many conversations, and only some of them match. */
    @Test
    void bringsManyEachOnceAndEachConversationInOrder() throws Exception {
        int count = 12_000;
        for (int from = 0; from < count; from += 1_000) {
            append(IntStream.range(from, from + 1_000)
                    .mapToObj(n -> record("n" + n)
                            .of("conversation " + (n % 3 == 0 ? 0 : n % 500))
                            .about(n % 4 == 3 ? OTHER_USER : USER))
                    .toArray(Draft[]::new));
        }
        for (int i = 0; i < count; i++) {
            handle(new Outcome.Completed());
        }
        Replay replay = start(about(USER));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count / 2; i++) {
            names.add(handle(replay.consumer(), new Outcome.Completed()));
        }
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(replay.consumer().backlog().completed()).isEqualTo(count / 2));
        restartWithReplays();
        names.addAll(handleAll(replays.all().get(0)));
        assertThat(names).doesNotHaveDuplicates().hasSize(count * 3 / 4);
        List<Integer> ofOne = names.stream()
                .map(name -> Integer.parseInt(name.substring(1)))
                .filter(n -> n % 3 == 0)
                .toList();
        assertThat(ofOne).isSorted();
    }

    // Words.

    private Replay start(RecordFilter filter) {
        return replays.start(filter, null, FAST, "{}");
    }

    private void appendAndHandle(int count) throws Exception {
        append(Records.names(count).stream()
                .map(name -> record(name).about(USER))
                .toArray(Draft[]::new));
        for (int i = 0; i < count; i++) {
            handle(new Outcome.Completed());
        }
    }

    private void handle(Outcome outcome) throws Exception {
        handle(handlers, outcome);
    }

    private static String handle(Consumer consumer, Outcome outcome) throws Exception {
        InboxRecord next = next(consumer);
        consumer.done(next, outcome);
        return Records.name(next);
    }

    /** Names of all that a replay brings until its end. */
    private static List<String> handleAll(Replay replay) throws Exception {
        List<String> names = new ArrayList<>();
        Instant deadline = Instant.now().plus(LONG);
        while (replay.isRunning() && Instant.now().isBefore(deadline)) {
            InboxRecord next = replay.consumer().next(Lane.CHANGES, SHORT);
            if (next != null) {
                replay.consumer().done(next, new Outcome.Completed());
                names.add(Records.name(next));
            }
        }
        assertThat(replay.isRunning()).isFalse();
        return names;
    }

    private static void awaitCounts(Replay replay, long completed, long dead, long discarded) {
        await().atMost(LONG).untilAsserted(() -> {
            Backlog backlog = replay.consumer().backlog();
            assertThat(List.of(backlog.completed(), backlog.dead(), backlog.discarded()))
                    .containsExactly(completed, dead, discarded);
        });
    }
}
