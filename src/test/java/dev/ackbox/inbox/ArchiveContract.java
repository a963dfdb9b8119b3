package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.Subject.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every engine has to tell an operator. A class per engine says how its inbox is opened. */
public abstract class ArchiveContract extends ArchiveFixture {

    @Nested
    class Finding {

        @Test
        void theNewestComesFirst() {
            append(record("a"), record("b"));
            append(record("c"));
            assertThat(found(RecordFilter.ALL)).containsExactly("c", "b", "a");
        }

        @Test
        void tellsWhatWasStored() {
            append(record("a").from(new Source("shop", "calls", "1", "2")).in(Lane.STATUSES));
            ArchivedRecord found = one();
            assertThat(found.key()).isEqualTo(Records.key("a"));
            assertThat(found.receivedAt()).isEqualTo(clock.instant());
            assertThat(found.endpoint()).isEqualTo("shop");
            assertThat(found.field()).isEqualTo("calls");
            assertThat(found.kind()).isEqualTo("statuses");
            assertThat(found.account()).isEqualTo("1");
            assertThat(found.phoneNumber()).isEqualTo("2");
            assertThat(found.lane()).isEqualTo(Lane.STATUSES);
            assertThat(found.size()).isEqualTo(1);
        }

        @Test
        void tellsNoKindOfWhatWasNotCut() {
            append(record("a").from(new Source("shop", "calls", "1", "2")));
            append(record("b").from(new Source("shop", "calls", "1", "2")).in(Lane.STATUSES));
            assertThat(archive.show(idOf("a")).kind()).isNull();
            assertThat(archive.show(idOf("b")).kind()).isEqualTo("statuses");
        }

        @Test
        void bySubject() throws Exception {
            append(
                    record("a").about(USER),
                    record("b").about(OTHER_USER),
                    record("c").about(SCOPED_USER, USER));
            append(
                    record("d").about(new Subject(Kind.GROUP, USER.id())),
                    record("e").about(new Subject(Kind.MESSAGE, "wamid.X"), OTHER_USER));
            for (int i = 0; i < 2; i++) {
                assertThat(found(about(USER))).containsExactly("c", "a");
                assertThat(found(about(SCOPED_USER))).containsExactly("c");
                assertThat(found(about(SCOPED_USER, USER))).containsExactly("c");
                assertThat(found(about(OTHER_USER))).containsExactly("e", "b");
                assertThat(found(about(new Subject(Kind.GROUP, USER.id())))).containsExactly("d");
                assertThat(found(about(OTHER_USER, new Subject(Kind.MESSAGE, "wamid.X"))))
                        .containsExactly("e");
                assertThat(found(about(new Subject(Kind.USER, "nobody")))).isEmpty();
                restart();
            }
        }

        @Test
        void byKey() {
            append(record("a"), record("b"));
            assertThat(found(new RecordFilter(
                            "handlers", Set.of(), null, Records.key("a"), List.of(), Source.ANY, null, null)))
                    .containsExactly("a");
            assertThat(found(new RecordFilter(
                            "handlers", Set.of(), null, Records.key("x"), List.of(), Source.ANY, null, null)))
                    .isEmpty();
        }

        @Test
        void byIds() {
            append(record("a"), record("b"), record("c"));
            InboxRecordId unknown = new InboxRecordId(1_000_000);
            assertThat(found(RecordFilter.ofIds("handlers", Set.of(idOf("a"), idOf("c"), unknown))))
                    .containsExactly("c", "a");
        }

        @Test
        void bySource() {
            append(
                    record("a").from(new Source("default", "messages", "1", "10")),
                    record("b").from(new Source("default", "messages", "1", null)),
                    record("c").from(new Source("shop", "messages", "2", "20")),
                    record("d").from(new Source("shop", "calls", null, "20")));
            assertThat(found(from(new Source("shop", null, null, null)))).containsExactly("d", "c");
            assertThat(found(from(new Source(null, "messages", null, null)))).containsExactly("c", "b", "a");
            assertThat(found(from(new Source(null, null, "1", null)))).containsExactly("b", "a");
            assertThat(found(from(new Source(null, null, null, "20")))).containsExactly("d", "c");
            assertThat(found(from(new Source("shop", "messages", "2", "20")))).containsExactly("c");
            assertThat(found(from(new Source("nowhere", null, null, null)))).isEmpty();
        }

        @Test
        void byTime() {
            append(record("a"));
            clock.advance(Duration.ofHours(1));
            append(record("b"));
            clock.advance(Duration.ofHours(1));
            append(record("c"));
            Instant second = start.plus(Duration.ofHours(1));
            assertThat(found(between(second, null))).containsExactly("c", "b");
            assertThat(found(between(null, second))).containsExactly("a");
            assertThat(found(between(second, second.plusMillis(1)))).containsExactly("b");
            assertThat(found(between(second.plusMillis(1), second))).isEmpty();
        }

        @Test
        void inPages() {
            append(IntStream.range(0, 10).mapToObj(i -> record("n" + i)).toArray(Draft[]::new));
            List<String> names = new ArrayList<>();
            InboxRecordId next = null;
            for (int page = 0; page < 4; page++) {
                ArchivePage found = archive.find(RecordFilter.ALL, next, 3);
                found.records().forEach(record -> names.add(nameOf(record)));
                next = found.next();
                assertThat(next == null).as("whether it is the last page").isEqualTo(page == 3);
            }
            assertThat(names)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 10)
                            .mapToObj(i -> "n" + (10 - i))
                            .toList());
        }

        @Test
        void aPageThatIsJustFullIsTheLast() {
            append(record("a"), record("b"));
            assertThat(archive.find(RecordFilter.ALL, null, 2).next()).isNull();
        }

        @Test
        void aPageIsNotLargerThanItMayBe() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> archive.find(RecordFilter.ALL, null, Archive.MAX_PAGE + 1));
            assertThatIllegalArgumentException().isThrownBy(() -> archive.find(RecordFilter.ALL, null, 0));
        }

        @Test
        void aConsumerThatIsNotKnownIsNamed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> archive.find(
                            new RecordFilter("nobody", Set.of(), null, null, List.of(), Source.ANY, null, null),
                            null,
                            10))
                    .withMessageContaining("'nobody'");
        }

        @Test
        void nothingIsToldOnceTheInboxIsClosed() {
            inbox.close();
            assertThatExceptionOfType(InboxUnavailableException.class)
                    .isThrownBy(() -> archive.find(RecordFilter.ALL, null, 10));
        }

        /** So many that their keys, subjects and sources are in an index, in several runs, and those of the last ones are not. */
        @Test
        void findsTheSameAmongMany() throws Exception {
            int count = 30_000;
            for (int from = 0; from < count; from += 1_000) {
                append(IntStream.range(from, from + 1_000)
                        .mapToObj(this::manyNth)
                        .toArray(Draft[]::new));
            }
            for (int i = 0; i < 2; i++) {
                assertFinds(count, n -> n % 500 == 3, about(new Subject(Kind.USER, "user 3")));
                assertFinds(count, n -> n == 17_017, about(new Subject(Kind.MESSAGE, "wamid.17017")));
                assertFinds(count, n -> n % 7_001 == 1, from(new Source(null, null, "rare", null)));
                assertFinds(count, n -> n % 7_001 == 1 && n % 2 == 0, from(new Source(null, "messages", "rare", null)));
                assertFinds(
                        count,
                        n -> n == 3,
                        new RecordFilter(
                                "handlers", Set.of(), null, Records.key("n3"), List.of(), Source.ANY, null, null));
                assertFinds(count, n -> n >= 0, RecordFilter.ALL);
                restart();
            }
            assertThat(archive.fields()).containsOnlyKeys("messages", "calls").containsEntry("calls", count / 2L);
        }

        private Draft manyNth(int n) {
            return record("n" + n)
                    .about(new Subject(Kind.MESSAGE, "wamid." + n), new Subject(Kind.USER, "user " + n % 500))
                    .from(new Source(
                            "default", n % 2 == 0 ? "messages" : "calls", n % 7_001 == 1 ? "rare" : "usual", null));
        }

        private void assertFinds(int count, Predicate<Integer> expected, RecordFilter filter) {
            List<String> names = new ArrayList<>(IntStream.range(0, count)
                    .boxed()
                    .filter(expected)
                    .map(n -> "n" + n)
                    .toList());
            Collections.reverse(names);
            assertThat(names).isNotEmpty();
            assertThat(found(filter)).isEqualTo(names);
        }
    }

    @Nested
    class States {

        @Test
        void waiting() throws Exception {
            append(record("a"));
            next(handlers);
            ConsumerState state = awaitState(RecordState.WAITING);
            assertThat(state.failedAttempts()).isZero();
            assertThat(state.changedAt()).isNull();
        }

        @Test
        void completed() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), new Outcome.Completed());
            assertThat(awaitState(RecordState.COMPLETED).reason()).isNull();
        }

        @Test
        void completedBeyondOneThatIsNot() throws Exception {
            append(record("a").of("one"), record("b").of("other"), record("c").of("third"));
            for (InboxRecord next : List.of(next(handlers), next(handlers), next(handlers))) {
                if (Records.name(next).equals("b")) {
                    handlers.done(next, new Outcome.Completed());
                }
            }
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(found(RecordFilter.ALL.in(RecordState.COMPLETED)))
                            .containsExactly("b"));
            assertThat(found(RecordFilter.ALL.in(RecordState.WAITING))).containsExactly("c", "a");
        }

        @Test
        void retrying() throws Exception {
            append(record("a"));
            Instant later = clock.instant().plusSeconds(60);
            handlers.done(next(handlers), new Outcome.Retry(later, Set.of("one"), "not now"));
            ConsumerState state = awaitState(RecordState.RETRYING);
            assertThat(state.failedAttempts()).isEqualTo(1);
            assertThat(state.nextAttempt()).isEqualTo(later);
            assertThat(state.changedAt()).isEqualTo(clock.instant());
            assertThat(state.succeeded()).containsExactly("one");
            assertThat(state.reason()).isEqualTo("not now");
            assertThat(state.failures()).containsExactly(new FailedAttempt(1, clock.instant(), "not now"));
        }

        @Test
        void held() throws Exception {
            append(IntStream.range(0, 20).mapToObj(i -> record("n" + i)).toArray(Draft[]::new));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(found(RecordFilter.ALL.in(RecordState.HELD)))
                            .containsExactly("n19", "n18", "n17", "n16"));
            assertThat(archive.deliveries("handlers")).containsExactly(Map.entry(RecordState.HELD, 4L));
            assertThat(found(RecordFilter.ALL.in(RecordState.WAITING))).hasSize(16);
        }

        @Test
        void dead() throws Exception {
            append(record("a"), record("b"), record("c"));
            for (int i = 0; i < 2; i++) {
                handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no such order"));
            }
            awaitFound(RecordState.DEAD, 2);
            assertThat(found(RecordFilter.ALL.in(RecordState.DEAD))).containsExactly("b", "a");
            restart();
            assertThat(found(RecordFilter.ALL.in(RecordState.DEAD))).containsExactly("b", "a");
        }

        @Test
        void failuresAreKeptWithWhatIsCompleted() throws Exception {
            append(record("a"));
            for (int i = 0; i < 3; i++) {
                handlers.done(next(handlers), new Outcome.Retry(clock.instant(), Set.of(), "failure " + i));
            }
            handlers.done(next(handlers), new Outcome.Completed());
            assertThat(awaitState(RecordState.COMPLETED).failures())
                    .extracting(FailedAttempt::reason)
                    .containsExactly("failure 0", "failure 1", "failure 2");
        }

        @Test
        void eachConsumerHasItsOwn() throws Exception {
            append(record("before"));
            Consumer other = inbox.open(OTHER, Start.NOW);
            append(record("a").of("another conversation"));
            other.done(next(other), new Outcome.Dead(Set.of(), "no"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(states("a")).containsExactly("handlers WAITING", "other DEAD"));
            assertThat(states("before")).containsExactly("handlers WAITING");
            assertThat(archive.consumers()).containsExactly("handlers", "other");
            assertThat(found(new RecordFilter(
                            "other", Set.of(), RecordState.DEAD, null, List.of(), Source.ANY, null, null)))
                    .containsExactly("a");
            assertThat(found(RecordFilter.ALL.in(RecordState.DEAD))).isEmpty();
        }

        private List<String> states(String name) {
            ArchivedRecord shown = archive.show(idOf(name));
            assertThat(shown).isNotNull();
            return shown.consumers().stream()
                    .map(state -> state.consumer() + " " + state.state())
                    .toList();
        }

        @Test
        void togetherWithASubject() throws Exception {
            append(
                    record("a").about(USER),
                    record("b").about(OTHER_USER),
                    record("c").about(USER));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
            awaitFound(RecordState.DEAD, 2);
            assertThat(found(about(USER).in(RecordState.DEAD))).containsExactly("a");
        }

        private ConsumerState awaitState(RecordState state) {
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(one().consumers().get(0).state()).isEqualTo(state));
            assertThat(found(RecordFilter.ALL.in(state))).hasSize(1);
            ArchivedRecord shown = archive.show(one().id());
            assertThat(shown).isEqualTo(one());
            return one().consumers().get(0);
        }
    }

    @Nested
    class Requeueing {

        @Test
        void aDeadLetterComesAgainAndKeepsWhatSucceeded() throws Exception {
            append(record("a"));
            InboxRecord first = next(handlers);
            handlers.done(first, new Outcome.Dead(Set.of("one"), "no"));
            awaitFound(RecordState.DEAD, 1);
            assertThat(archive.requeue(RecordFilter.ALL)).isEqualTo(1);
            assertCounts(1, 0, 0, 0);
            InboxRecord again = next(handlers);
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.payload()).isEqualTo(first.payload());
            assertThat(again.failedAttempts()).isZero();
            assertThat(again.succeeded()).containsExactly("one");
            handlers.done(again, new Outcome.Completed());
            awaitFound(RecordState.COMPLETED, 1);
            assertCounts(1, 1, 0, 0);
        }

        @Test
        void theFailuresBeforeAreKept() throws Exception {
            append(record("a"));
            handlers.done(next(handlers), new Outcome.Retry(clock.instant(), Set.of(), "first"));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "second"));
            awaitFound(RecordState.DEAD, 1);
            archive.requeue(RecordFilter.ALL);
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "third"));
            awaitFound(RecordState.DEAD, 1);
            ConsumerState state = one().consumers().get(0);
            assertThat(state.failedAttempts()).isEqualTo(1);
            assertThat(state.failures())
                    .extracting(failure -> failure.number() + " " + failure.reason())
                    .containsExactly("1 first", "2 second", "3 third");
        }

        @Test
        void isNotedAtTheRecord() throws Exception {
            append(record("a"));
            long first = idOf("a").value();
            die(1);
            awaitFound(RecordState.DEAD, 1);
            assertThat(inbox.notes().get(first, RecordNotes.REQUEUED)).isEmpty();
            archive.requeue(RecordFilter.ALL);
            assertThat(inbox.notes().get(first, RecordNotes.REQUEUED))
                    .contains(Long.toString(clock.millis()).getBytes(StandardCharsets.US_ASCII));
            restart();
            assertThat(inbox.notes().get(first, RecordNotes.REQUEUED)).isPresent();
        }

        @Test
        void onlyThoseThatMatch() throws Exception {
            append(
                    record("a").about(USER),
                    record("b").about(OTHER_USER),
                    record("c").about(USER));
            die(3);
            assertThat(archive.count(about(USER).in(RecordState.DEAD))).isEqualTo(2);
            assertThat(archive.requeue(about(USER))).isEqualTo(2);
            awaitFound(RecordState.DEAD, 1);
            assertThat(found(RecordFilter.ALL.in(RecordState.DEAD))).containsExactly("b");
            assertCounts(3, 0, 1, 0);
        }

        @Test
        void whatIsNoDeadLetterStaysAsItIs() throws Exception {
            append(record("a"), record("b"));
            handlers.done(next(handlers), new Outcome.Completed());
            awaitFound(RecordState.COMPLETED, 1);
            assertThat(archive.requeue(RecordFilter.ofIds("handlers", Set.of(idOf("a"), idOf("b")))))
                    .isZero();
            assertThat(found(RecordFilter.ALL.in(RecordState.COMPLETED))).containsExactly("a");
            assertCounts(2, 1, 0, 0);
        }

        @Test
        void oneOfOneConsumerIsNotThatOfAnother() throws Exception {
            Consumer other = inbox.open(OTHER, Start.OLDEST);
            append(record("a"));
            die(1);
            other.done(next(other), new Outcome.Completed());
            assertThat(archive.requeue(RecordFilter.ofConsumer("other"))).isZero();
            awaitFound(RecordState.DEAD, 1);
        }

        @Test
        void survivesARestart() throws Exception {
            append(record("a"));
            die(1);
            archive.requeue(RecordFilter.ALL);
            restart();
            assertThat(next(handlers).failedAttempts()).isZero();
            assertCounts(1, 0, 0, 0);
        }

        @Test
        void manyComeAgain() throws Exception {
            int count = 3_000;
            append(IntStream.range(0, count)
                    .mapToObj(i -> record("n" + i).of("of n" + i))
                    .toArray(Draft[]::new));
            die(count);
            assertThat(archive.requeue(RecordFilter.ALL)).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                handlers.done(next(handlers), new Outcome.Completed());
            }
            await().atMost(LONG).untilAsserted(() -> assertCounts(count, count, 0, 0));
        }
    }

    @Nested
    class Discarding {

        @Test
        void aDeadLetterIsGivenUpAndKept() throws Exception {
            append(record("a"), record("b"));
            die(2);
            assertThat(archive.discard(RecordFilter.ofIds("handlers", Set.of(idOf("a"))), "a test order"))
                    .isEqualTo(1);
            assertCounts(2, 0, 1, 1);
            assertThat(found(RecordFilter.ALL.in(RecordState.DISCARDED))).containsExactly("a");
            assertThat(archive.payload(idOf("a"))).isNotNull();
            ArchivedRecord shown = archive.show(idOf("a"));
            assertThat(shown).isNotNull();
            assertThat(shown.consumers().get(0).reason()).isEqualTo("a test order");
            assertThat(archive.requeue(RecordFilter.ofIds("handlers", Set.of(idOf("a")))))
                    .as("what is discarded")
                    .isZero();
            restart();
            assertCounts(2, 0, 1, 1);
        }
    }

    @Nested
    class Erasing {

        @Test
        void takesPayloadsAndFailuresAndWhomTheyWereAbout() throws Exception {
            append(
                    record("a").about(USER),
                    record("b").about(OTHER_USER),
                    record("c").about(USER, SCOPED_USER));
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "a reason"));
            handlers.done(next(handlers), new Outcome.Completed());
            handlers.done(next(handlers), new Outcome.Completed());
            awaitFound(RecordState.COMPLETED, 2);
            assertThat(archive.erase(USER).records()).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                assertThat(found(about(USER))).isEmpty();
                assertThat(found(about(SCOPED_USER))).isEmpty();
                assertThat(found(about(OTHER_USER))).containsExactly("b");
                assertThat(archive.payload(idOf("a"))).isNull();
                assertThat(archive.payload(idOf("b"))).isNotNull();
                assertThat(archive.payload(idOf("c"))).isNull();
                ArchivedRecord dead = archive.show(idOf("a"));
                assertThat(dead).isNotNull();
                assertThat(dead.size()).isNull();
                assertThat(dead.consumers().get(0).state()).isEqualTo(RecordState.DISCARDED);
                assertThat(dead.consumers().get(0).toString()).doesNotContain("a reason");
                assertThat(found(RecordFilter.ALL.in(RecordState.COMPLETED))).containsExactly("c", "b");
                await().atMost(LONG).untilAsserted(() -> assertCounts(3, 2, 0, 1));
                restart();
            }
        }

        /** A dead letter keeps its payload, its record and its notes for longer than other records. */
        @Test
        void findsWhatADeliveryKeeps() throws Exception {
            append(record("a").about(USER), record("b").about(USER), record("c").about(OTHER_USER, SCOPED_USER));
            InboxRecordId dead = idOf("a");
            InboxRecordId completed = idOf("b");
            InboxRecordId other = idOf("c");
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "a reason"));
            handlers.done(next(handlers), new Outcome.Completed());
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "a reason"));
            awaitFound(RecordState.DEAD, 2);
            letTimePassUntil(() -> archive.payload(completed) == null);
            assertThat(found(about(USER))).containsExactly("b", "a");
            letTimePassUntil(() -> archive.show(completed) == null);
            assertThat(found(about(USER))).containsExactly("a");
            assertThat(found(about(SCOPED_USER))).containsExactly("c");
            assertThat(archive.erase(USER).records()).isEqualTo(1);
            assertThat(archive.payload(dead)).isNull();
            assertThat(archive.payload(other)).isNotNull();
            assertThat(archive.erase(SCOPED_USER).records()).isEqualTo(1);
            assertThat(archive.payload(other)).isNull();
        }

        /** Retention goes by what is noted every minute, so time does not jump. */
        private void letTimePassUntil(Callable<Boolean> end) {
            await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> {
                clock.advance(Duration.ofHours(2));
                return end.call();
            });
        }

        @Test
        void keepsKeys() throws Exception {
            append(record("a").about(USER));
            archive.erase(USER);
            append(record("a").about(USER));
            assertThat(found(RecordFilter.ALL)).containsExactly("a");
            assertThat(archive.payload(idOf("a"))).isNull();
        }

        @Test
        void discardsWhatWaitsInMemory() throws Exception {
            append(
                    record("a").about(OTHER_USER),
                    record("b").about(USER),
                    record("c").about(OTHER_USER));
            InboxRecord first = next(handlers);
            append(record("d").about(USER).of("another conversation"));
            assertThat(archive.erase(USER).records()).isEqualTo(2);
            handlers.done(first, new Outcome.Completed());
            InboxRecord second = next(handlers);
            assertThat(Records.name(second)).isEqualTo("c");
            handlers.done(second, new Outcome.Completed());
            await().atMost(LONG).untilAsserted(() -> assertCounts(4, 2, 0, 2));
            assertThat(handlers.next(Lane.CHANGES, Duration.ofMillis(100))).isNull();
            assertThat(found(RecordFilter.ALL.in(RecordState.DISCARDED))).containsExactly("d", "b");
            restart();
            assertCounts(4, 2, 0, 2);
        }

        @Test
        void discardsWhatIsHeldOrRetried() throws Exception {
            append(IntStream.range(0, 30)
                    .mapToObj(i -> record("n" + i).about(USER))
                    .toArray(Draft[]::new));
            handlers.done(next(handlers), new Outcome.Retry(clock.instant().plusSeconds(60), Set.of(), "not now"));
            append(record("after").about(OTHER_USER));
            awaitFound(RecordState.HELD, 15);
            assertThat(archive.erase(USER).records()).isEqualTo(30);
            InboxRecord left = next(handlers);
            assertThat(Records.name(left)).isEqualTo("after");
            handlers.done(left, new Outcome.Completed());
            clock.advance(Duration.ofHours(1));
            assertThat(handlers.next(Lane.CHANGES, Duration.ofMillis(100))).isNull();
            await().atMost(LONG).untilAsserted(() -> assertCounts(31, 1, 0, 30));
            restart();
            assertCounts(31, 1, 0, 30);
        }

        @Test
        void letsWhatIsBeingWorkedOnEnd() throws Exception {
            append(
                    record("a").about(USER).of("one"),
                    record("b").about(USER).of("other"),
                    record("c").about(USER).of("third"));
            List<InboxRecord> working = List.of(next(handlers), next(handlers), next(handlers));
            assertThat(archive.erase(USER).records()).isEqualTo(3);
            handlers.done(working.get(0), new Outcome.Completed());
            handlers.done(working.get(1), new Outcome.Retry(clock.instant(), Set.of(), "a reason"));
            handlers.done(working.get(2), new Outcome.Dead(Set.of(), "a reason"));
            await().atMost(LONG).untilAsserted(() -> assertCounts(3, 1, 0, 2));
            assertThat(handlers.next(Lane.CHANGES, Duration.ofMillis(100))).isNull();
            ArchivedRecord second = archive.show(working.get(1).id());
            assertThat(String.valueOf(second)).contains("DISCARDED").doesNotContain("a reason");
        }

        @Test
        void discardsForAConsumerThatIsPaused() throws Exception {
            handlers.pause();
            append(record("a").about(USER), record("b").about(OTHER_USER));
            archive.erase(USER);
            handlers.resume();
            assertThat(Records.name(next(handlers))).isEqualTo("b");
            await().atMost(LONG).untilAsserted(() -> assertCounts(2, 0, 0, 1));
        }

        @Test
        void ofAConsumerThatIsPausedItIsShownAsDiscarded() throws Exception {
            handlers.pause();
            append(record("a").about(USER));
            archive.erase(USER);
            ConsumerState state = one().consumers().get(0);
            assertThat(state.state()).isEqualTo(RecordState.DISCARDED);
            assertThat(state.reason()).isEqualTo("erased");
            assertThat(found(RecordFilter.ALL.in(RecordState.WAITING))).isEmpty();
        }

        @Test
        void takesAUserOutOfWhatManyShare() throws Exception {
            Source history = new Source("default", "history", null, null);
            String shared = USER.id() + "," + OTHER_USER.id() + ",";
            append(
                    record(shared).from(history),
                    record(OTHER_USER.id() + ",").from(history),
                    record(USER.id() + ","),
                    record("a").about(USER));
            assertThat(archive.erase(USER)).isEqualTo(new Erased(1, 1));
            for (int i = 0; i < 2; i++) {
                List<ArchivedRecord> kept =
                        archive.find(from(history), null, 10).records();
                assertThat(kept)
                        .hasSize(2)
                        .allSatisfy(record -> assertThat(archive.payload(record.id()))
                                .asString(StandardCharsets.UTF_8)
                                .endsWith(OTHER_USER.id() + ",")
                                .doesNotContain(USER.id()));
                restart();
            }
            assertThat(next(handlers).payload())
                    .as("what was in memory")
                    .asString(StandardCharsets.UTF_8)
                    .endsWith(OTHER_USER.id() + ",")
                    .doesNotContain(USER.id());
        }

        @Test
        void tellsAfterEachStepWhatItHasComeTo() {
            append(IntStream.range(0, 60)
                    .mapToObj(i -> record("n" + i).about(USER))
                    .toArray(Draft[]::new));
            append(record(USER.id() + ",").from(new Source("default", "history", null, null)));
            List<Erased> soFar = new ArrayList<>();
            Erased erased = archive.erase(USER, soFar::add);
            assertThat(soFar)
                    .containsExactly(new Erased(50, 0), new Erased(60, 0), new Erased(60, 1))
                    .endsWith(erased);
        }

        @Test
        void ofNobodyDoesNothing() {
            append(record("a").about(USER));
            assertThat(archive.erase(new Subject(Kind.USER, "nobody")).records())
                    .isZero();
            assertThat(archive.payload(idOf("a"))).isNotNull();
        }
    }

    /** Has the next records die. */
    private void die(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            handlers.done(next(handlers), new Outcome.Dead(Set.of(), "no"));
        }
        awaitFound(RecordState.DEAD, count);
    }

    private void assertCounts(long assigned, long completed, long dead, long discarded) {
        Backlog backlog = handlers.backlog();
        assertThat(new Backlog(backlog.assigned(), backlog.completed(), backlog.dead(), backlog.discarded(), null))
                .isEqualTo(new Backlog(assigned, completed, dead, discarded, null));
    }

    @Test
    void digestsTellSubjectsApartAndAreTheSameAfterARestart() throws Exception {
        String digest = archive.digest(USER);
        assertThat(digest)
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(archive.digest(SCOPED_USER))
                .isNotEqualTo(archive.digest(new Subject(Kind.MESSAGE, USER.id())));
        restart();
        assertThat(archive.digest(USER)).isEqualTo(digest);
    }

    @Nested
    class Payloads {

        @Test
        void areGivenByteForByte() {
            append(record("a"));
            assertThat(archive.payload(one().id())).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void ofRecordsThatAreNotKeptAreAbsent() {
            append(record("a"));
            InboxRecordId beyond = new InboxRecordId(one().id().value() + 1);
            assertThat(archive.payload(beyond)).isNull();
            assertThat(archive.show(beyond)).isNull();
        }
    }

    @Test
    void tellsHowMuchRoomItTakes() {
        append(record("a"));
        StorageUse use = archive.storageUse();
        assertThat(use.bytes()).isPositive();
        for (Long size : Arrays.asList(use.reusableBytes(), use.logBytes(), use.freeBytes())) {
            assertThat(size == null || size >= 0).isTrue();
        }
    }
}
