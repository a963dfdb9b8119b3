package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.DeadLetter;
import dev.ackbox.inbox.FailedAttempt;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.LatestValue;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.inbox.engine.LaneProgress.Range;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store has to keep. A class per engine says how one is opened. */
@Timeout(60)
public abstract class StoreContract extends StoreFixture {

    private static final Duration HOUR = Duration.ofHours(1);

    @Nested
    class Appending {

        @Test
        void storesNewRecords() throws Exception {
            Written written = append("a", "b");
            assertThat(written.isNew().cardinality()).isEqualTo(2);
            assertThat(written.stored())
                    .extracting(stored -> name(stored.record()))
                    .containsExactly("a", "b");
            assertThat(kept()).containsExactly("a", "b");
        }

        /** Meta's JSON may escape any character, and what cannot be stored would be sent again for days. */
        @Test
        void storesARecordWhateverItsFieldIsCalled() throws Exception {
            HashedRecord a = record("a");
            NewRecord odd = new NewRecord(
                    a.record().key(),
                    "default",
                    "odd\u0000\ud800",
                    null,
                    Lane.CHANGES,
                    "conversation",
                    "account\u0000",
                    "\udc00",
                    List.of(),
                    clock.instant(),
                    a.record().payload());
            HashedRecord hashed = new HashedRecord(odd, a.share(), a.conversation(), a.subjects());
            assertThat(write(List.of(hashed)).isNew().cardinality()).isEqualTo(1);
            assertThat(write(List.of(hashed)).isNew().isEmpty()).isTrue();
            assertThat(kept()).containsExactly("a");
        }

        @Test
        void givesIdsThatGrow() throws Exception {
            List<Long> ids = new ArrayList<>(ids(append("a", "b")));
            ids.addAll(ids(append("c")));
            assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id > 0);
        }

        @Test
        void dropsARecordWhoseKeyIsKnown() throws Exception {
            append("a");
            Written again = append("a");
            assertThat(again.isNew().isEmpty()).isTrue();
            assertThat(again.stored()).isEmpty();
            assertThat(kept()).containsExactly("a");
        }

        @Test
        void dropsTheSecondOfTwoEqualRecordsOfABatch() throws Exception {
            Written written = append("a", "a", "b");
            assertThat(written.isNew().stream()).containsExactly(0, 2);
            assertThat(kept()).containsExactly("a", "b");
        }

        @Test
        void storesWhatIsNewBesideADuplicate() throws Exception {
            append("a");
            assertThat(append("a", "b").isNew().stream()).containsExactly(1);
            assertThat(kept()).containsExactly("a", "b");
        }

        @Test
        void knowsAKeyAfterARestart() throws Exception {
            append("a");
            reopen();
            assertThat(append("a").isNew().isEmpty()).isTrue();
        }

        @Test
        void keepsPayloadsByteForByte() throws Exception {
            byte[] payload = {0, 1, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF, '\n'};
            write(List.of(record("a", Lane.CHANGES, CONVERSATION, payload)));
            reopen();
            assertThat(page(Lane.CHANGES).records().get(0).payload()).isEqualTo(payload);
        }

        @Test
        void keepsALargePayload() throws Exception {
            byte[] payload = "x".repeat(3 << 20).getBytes(StandardCharsets.US_ASCII);
            write(List.of(record("a", Lane.BULK, CONVERSATION, payload)));
            assertThat(page(Lane.BULK).records().get(0).payload()).isEqualTo(payload);
        }

        @Test
        void givesAllThatWasStored() throws Exception {
            HashedRecord appended = record("a", Lane.STATUSES, -7);
            InboxRecord stored = write(List.of(appended)).stored().get(0).record();
            assertThat(stored.key()).isEqualTo(key("a"));
            assertThat(stored.endpoint()).isEqualTo("default");
            assertThat(stored.field()).isEqualTo("messages");
            assertThat(stored.lane()).isEqualTo(Lane.STATUSES);
            assertThat(stored.conversation()).isEqualTo(-7);
            assertThat(stored.receivedAt()).isEqualTo(clock.instant());
            assertThat(stored.failedAttempts()).isZero();
            assertThat(stored.succeeded()).isEmpty();
            reopen();
            Page page = store.read(share(store, -7), Lane.STATUSES, null, 0, Long.MAX_VALUE, MANY, MUCH);
            assertThat(page.records())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(stored);
        }

        @Test
        void saysWhichIdsItHasDecided() throws Exception {
            append("a");
            Written written = append("b", "c");
            if (store.isShared()) {
                assertThat(List.of(written.after(), written.through())).containsExactly(0L, 0L);
            } else {
                assertThat(written.through()).isEqualTo(lastId(written));
                assertThat(written.after()).isLessThan(ids(written).get(0));
                assertThat(page(Lane.CHANGES).through()).isEqualTo(written.through());
            }
        }

        @Test
        void writesABatchThatIsEmpty() throws Exception {
            assertThat(write(List.of()).stored()).isEmpty();
        }

        @Test
        void passesItsProbe() {
            assertThatCode(store::probe).doesNotThrowAnyException();
        }

        @Test
        void givesNoIdTwiceAlthoughEverythingIsForgotten() throws Exception {
            long id = appendOne("a");
            live(RETENTION.maxHold().plusDays(1));
            assertThat(kept()).isEmpty();
            reopen();
            assertThat(appendOne("b")).isGreaterThan(id);
        }

        @Test
        void keepsItsHashKey() throws Exception {
            byte[] hashKey = store.hashKey();
            reopen();
            assertThat(store.hashKey()).isEqualTo(hashKey).hasSizeGreaterThanOrEqualTo(16);
        }
    }

    @Nested
    class Pages {

        @Test
        void areInOrderOfIds() throws Exception {
            append(names("n", 20));
            assertThat(kept()).containsExactlyElementsOf(names("n", 20));
        }

        @Test
        void keepLanesApart() throws Exception {
            write(List.of(record("a"), record("b", Lane.STATUSES, CONVERSATION), record("c", Lane.BULK, CONVERSATION)));
            assertThat(page(Lane.CHANGES).records())
                    .extracting(StoreFixture::name)
                    .containsExactly("a");
            assertThat(page(Lane.STATUSES).records())
                    .extracting(StoreFixture::name)
                    .containsExactly("b");
            assertThat(page(Lane.BULK).records()).extracting(StoreFixture::name).containsExactly("c");
        }

        @Test
        void keepSharesApart() throws Exception {
            int conversations = 2 * store.shares();
            for (int conversation = 0; conversation < conversations; conversation++) {
                write(List.of(record("c" + conversation, Lane.CHANGES, conversation)));
            }
            List<String> all = new ArrayList<>();
            for (Share share : inOrder(store.hold().shares())) {
                List<String> names = read(share, Lane.CHANGES, 0);
                assertThat(names)
                        .allMatch(name -> Integer.parseInt(name.substring(1)) % store.shares() == share.number());
                all.addAll(names);
            }
            assertThat(all).containsExactlyInAnyOrderElementsOf(names("c", conversations));
        }

        @Test
        void beginBehindAnId() throws Exception {
            List<Long> ids = ids(append("a", "b", "c"));
            assertThat(read(share(), Lane.CHANGES, ids.get(0))).containsExactly("b", "c");
        }

        @Test
        void endAtAnId() throws Exception {
            List<Long> ids = ids(append("a", "b", "c"));
            Page page = store.read(share(), Lane.CHANGES, null, 0, ids.get(1), MANY, MUCH);
            assertThat(page.records()).extracting(StoreFixture::name).containsExactly("a", "b");
            assertThat(page.through()).isEqualTo(ids.get(1));
            assertThat(page.more()).as("there is c").isTrue();
        }

        @Test
        void haveNoMoreRecordsThanAskedFor() throws Exception {
            List<Long> ids = ids(append("a", "b", "c"));
            Page page = store.read(share(), Lane.CHANGES, null, 0, Long.MAX_VALUE, 2, MUCH);
            assertThat(page.records()).extracting(StoreFixture::name).containsExactly("a", "b");
            assertThat(page.through()).isEqualTo(ids.get(1));
            assertThat(page.more()).isTrue();
        }

        @Test
        void haveNoFurtherRecordOnceTheBytesAreReached() throws Exception {
            append("a", "b", "c");
            long footprint = page(Lane.CHANGES).records().get(0).footprint();
            Page page = store.read(share(), Lane.CHANGES, null, 0, Long.MAX_VALUE, MANY, footprint + 1);
            assertThat(page.records()).extracting(StoreFixture::name).containsExactly("a", "b");
            assertThat(page.more()).isTrue();
        }

        @Test
        void haveOneRecordHoweverLargeItIs() throws Exception {
            append("a", "b");
            assertThat(store.read(share(), Lane.CHANGES, null, 0, Long.MAX_VALUE, MANY, 1)
                            .records())
                    .hasSize(1);
        }

        @Test
        void sayWhetherThereIsMore() throws Exception {
            append("a");
            assertThat(page(Lane.CHANGES).more()).isFalse();
        }

        @Test
        void ofAnEmptyLaneGoThroughWhatIsInOtherLanes() throws Exception {
            long id = appendOne("a");
            Page page = page(Lane.STATUSES);
            assertThat(page.records()).isEmpty();
            assertThat(page.through()).isEqualTo(id);
            assertThat(page.more()).isFalse();
        }

        @Test
        void nameWhatIsGone() throws Exception {
            List<Long> ids = ids(append("a", "b", "c"));
            store.erase(List.of(ids.get(1)));
            Page page = page(Lane.CHANGES);
            assertThat(page.records()).extracting(StoreFixture::name).containsExactly("a", "c");
            assertThat(page.gone()).containsExactly(ids.get(1));
        }

        @Test
        void areBoundedAlsoWhereEverythingIsGone() throws Exception {
            int count = 20_000;
            List<Long> ids = ids(append(names("n", count)));
            store.erase(ids);
            List<Long> gone = new ArrayList<>();
            Page page = page(Lane.CHANGES);
            assertThat(page.gone()).hasSizeLessThanOrEqualTo(count / 2);
            gone.addAll(page.gone());
            while (page.more()) {
                page = store.read(share(), Lane.CHANGES, null, page.through(), Long.MAX_VALUE, MANY, MUCH);
                gone.addAll(page.gone());
            }
            assertThat(gone).isEqualTo(ids);
        }

        @Test
        void sayWhenTheNextRecordWasReceived() throws Exception {
            long id = appendOne("a");
            clock.advance(HOUR);
            long last = appendOne("b");
            define(CONSUMER);
            assertThat(oldest(CONSUMER, Lane.CHANGES, 0))
                    .isEqualTo(clock.instant().minus(HOUR));
            assertThat(oldest(CONSUMER, Lane.CHANGES, id)).isEqualTo(clock.instant());
            assertThat(oldest(CONSUMER, Lane.CHANGES, last)).isNull();
            assertThat(oldest(CONSUMER, Lane.STATUSES, 0)).isNull();
        }
    }

    @Nested
    class Consumers {

        @Test
        void startWithTheOldestRecord() throws Exception {
            append("a", "b");
            define(CONSUMER);
            long position = position(CONSUMER);
            assertThat(read(share(), Lane.CHANGES, position)).containsExactly("a", "b");
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(2, 0, 0, 0, null));
        }

        @Test
        void startWithTheNextRecord() throws Exception {
            append("a");
            store.define(ConsumerDefinition.HANDLERS, Start.NOW);
            append("b");
            assertThat(read(share(), Lane.CHANGES, position(CONSUMER))).containsExactly("b");
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 0, 0, 0, null));
        }

        /** Records that are kept for the sake of another consumer lie far below the others. */
        @Test
        void thatStartWithTheOldestRecordAreAssignedWhatIsThere() throws Exception {
            define("other");
            List<Long> ids = ids(append(names("n", 10)));
            put("other", dead(ids.get(0)));
            pass("other", ids.get(9));
            live(RETENTION.duplicates().plus(HOUR));
            append("later");
            define(CONSUMER);
            List<String> assigned = read(share(), Lane.CHANGES, position(CONSUMER));
            assertThat(assigned).endsWith("later").doesNotContain("n1");
            assertThat(store.count(CONSUMER).waiting()).isEqualTo(assigned.size());
            removeAll("other");
            forget();
            assertThat(read(share(), Lane.CHANGES, position(CONSUMER))).isEqualTo(assigned);
        }

        @Test
        void goOnWhereTheyStopped() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            pass(CONSUMER, id);
            append("b");
            store.define(ConsumerDefinition.HANDLERS, Start.NOW);
            reopen();
            store.define(ConsumerDefinition.HANDLERS, Start.OLDEST);
            assertThat(position(CONSUMER)).isEqualTo(id);
        }

        @Test
        void rememberWhetherTheyArePaused() throws Exception {
            define(CONSUMER);
            assertThat(store.isPaused(CONSUMER)).isFalse();
            store.pause(CONSUMER, true);
            reopen();
            define(CONSUMER);
            assertThat(store.isPaused(CONSUMER)).isTrue();
            store.pause(CONSUMER, false);
            assertThat(store.isPaused(CONSUMER)).isFalse();
        }

        @Test
        void areForgottenWithTheirDeliveries() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b", "c"));
            put(CONSUMER, held(ids.get(0)), retry(ids.get(1), Duration.ZERO), dead(ids.get(2)));
            store.pause(CONSUMER, true);
            assertThat(store.remove(CONSUMER, 2)).isTrue();
            assertThat(store.deadLetters(CONSUMER, MANY).size()
                            + due(CONSUMER).size()
                            + heldOf(CONSUMER).size())
                    .as("one step takes two of three")
                    .isEqualTo(1);
            removeAll(CONSUMER);
            define(CONSUMER);
            assertThat(store.isPaused(CONSUMER)).isFalse();
            assertThat(due(CONSUMER)).isEmpty();
            assertThat(heldOf(CONSUMER)).isEmpty();
            assertThat(store.deadLetters(CONSUMER, MANY)).isEmpty();
            assertThat(store.load(CONSUMER, share()).held()).isEmpty();
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(3, 0, 0, 0, null));
        }

        @Test
        void doNotSeeEachOther() throws Exception {
            define(CONSUMER);
            define("other");
            long id = appendOne("a");
            put(CONSUMER, retry(id, Duration.ZERO));
            store.pause(CONSUMER, true);
            assertThat(due("other")).isEmpty();
            assertThat(position("other")).isLessThan(id);
            assertThat(store.isPaused("other")).isFalse();
            removeAll("other");
            assertThat(due(CONSUMER)).containsExactly("a");
        }

        @Test
        void thatAreNotDefinedAreRefused() {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.load("unknown", share()))
                    .withMessageContaining("unknown");
        }

        /** Another process may still count it. */
        @Test
        void thatAreRemovedHaveNothing() throws Exception {
            define(CONSUMER);
            append("a");
            assertThat(store.count(CONSUMER).waiting()).isEqualTo(1);
            removeAll(CONSUMER);
            assertThat(store.count(CONSUMER)).isEqualTo(Backlog.NOTHING);
        }

        /** Nothing is written for it, whatever comes; then all is there. */
        @Test
        void thatStandStillFindAllInOrderLater() throws Exception {
            define(CONSUMER);
            store.pause(CONSUMER, true);
            Loaded before = store.load(CONSUMER, share());
            for (int i = 0; i < 20_000; i += 1_000) {
                append(names(i + "-", 1_000));
            }
            assertThat(store.load(CONSUMER, share())).isEqualTo(before);
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(20_000, 0, 0, 0, null));
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20_000; i += 1_000) {
                expected.addAll(names(i + "-", 1_000));
            }
            assertThat(read(share(), Lane.CHANGES, position(CONSUMER))).isEqualTo(expected);
        }

        private long position(String consumer) throws Exception {
            return lane(store.load(consumer, share()), Lane.CHANGES).position();
        }
    }

    @Nested
    class WritingProgress {

        @Test
        void keepsPositionsAndRanges() throws Exception {
            define(CONSUMER);
            Progress progress = new Progress(
                    Map.of(
                            Lane.CHANGES,
                            new LaneProgress(5, List.of(new Range(7, 7), new Range(300, 70_000))),
                            Lane.STATUSES,
                            new LaneProgress(1L << 40, List.of()),
                            Lane.BULK,
                            new LaneProgress(0, List.of(new Range(1L << 50, 1L << 51)))),
                    3,
                    1);
            write(List.of(), change(CONSUMER, progress));
            assertThat(store.load(CONSUMER, share()).progress()).isEqualTo(progress);
            reopen();
            assertThat(store.load(CONSUMER, share()).progress()).isEqualTo(progress);
        }

        @Test
        void replacesWhatWasThere() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            Change change = change(CONSUMER, progress(id, 1));
            write(List.of(), change);
            write(List.of(), change);
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 1, 0, 0, null));
        }

        @Test
        void leavesALaneThatIsMissingAtTheStart() throws Exception {
            define(CONSUMER);
            append("a");
            long id = lastId(write(List.of(record("b", Lane.STATUSES, CONVERSATION))));
            Progress progress = new Progress(Map.of(Lane.CHANGES, new LaneProgress(id, List.of())), 1, 0);
            write(List.of(), change(CONSUMER, progress));
            live(RETENTION.duplicates().plus(HOUR));
            LaneProgress missing = lane(store.load(CONSUMER, share()), Lane.STATUSES);
            assertThat(missing.position()).isLessThan(id);
            assertThat(read(share(), Lane.STATUSES, missing.position()))
                    .as("waits for the consumer")
                    .containsExactly("b");
        }

        @Test
        void goesWithTheRecordsOfItsBatch() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            write(List.of(record("b")), change(CONSUMER, progress(id, 1)));
            assertThat(kept()).containsExactly("a", "b");
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(2, 1, 0, 0, null));
        }

        @Test
        void isOneShareAtATime() throws Exception {
            define(CONSUMER);
            for (int conversation = 0; conversation < store.shares(); conversation++) {
                long id = lastId(write(List.of(record("c" + conversation, Lane.CHANGES, conversation))));
                write(
                        List.of(),
                        new Change(CONSUMER, share(store, conversation), progress(id, 1), List.of(), List.of()));
            }
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(store.shares(), store.shares(), 0, 0, null));
        }
    }

    @Nested
    class Deliveries {

        @Test
        void comeWhenTheirTimeHasCome() throws Exception {
            define(CONSUMER);
            put(CONSUMER, retry(appendOne("a"), HOUR));
            assertThat(due(CONSUMER)).isEmpty();
            clock.advance(HOUR.minusMillis(1));
            assertThat(due(CONSUMER)).isEmpty();
            clock.advance(Duration.ofMillis(1));
            assertThat(due(CONSUMER)).containsExactly("a");
        }

        @Test
        void comeWithWhatIsKnownOfThem() throws Exception {
            define(CONSUMER);
            put(CONSUMER, retry(appendOne("a"), Duration.ZERO));
            reopen();
            InboxRecord retry = store.due(CONSUMER, share(), Lane.CHANGES, clock.instant(), NONE, MANY, MUCH)
                    .records()
                    .get(0);
            assertThat(retry.failedAttempts()).isEqualTo(2);
            assertThat(retry.succeeded()).containsExactlyInAnyOrder("first handler", "second");
            assertThat(retry.key()).isEqualTo(key("a"));
            assertThat(retry.conversation()).isEqualTo(CONVERSATION);
        }

        @Test
        void comeInOrderOfTheirTimes() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b", "c"));
            put(CONSUMER, retry(ids.get(0), HOUR), retry(ids.get(1), Duration.ZERO), retry(ids.get(2), HOUR));
            clock.advance(HOUR);
            assertThat(due(CONSUMER)).startsWith("b").containsExactlyInAnyOrder("b", "a", "c");
        }

        @Test
        void sayWhenToLookAgain() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b"));
            put(CONSUMER, retry(ids.get(0), Duration.ZERO), retry(ids.get(1), HOUR));
            assertThat(dueLimited(MANY, MUCH, NONE).next())
                    .isEqualTo(clock.instant().plus(HOUR));
            assertThat(dueLimited(MANY, MUCH, Set.of(ids.get(1))).next()).isNull();
        }

        @Test
        void areBoundedWhereManyAreDue() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b", "c"));
            put(
                    CONSUMER,
                    retry(ids.get(0), Duration.ZERO),
                    retry(ids.get(1), Duration.ZERO),
                    retry(ids.get(2), Duration.ZERO));
            Due two = dueLimited(2, MUCH, NONE);
            assertThat(two.records()).hasSize(2);
            assertThat(two.next()).as("the third is due").isEqualTo(clock.instant());
            assertThat(dueLimited(MANY, 1, NONE).records()).hasSize(1);
            assertThat(dueLimited(MANY, MUCH, Set.of(ids.get(0), ids.get(1))).records())
                    .extracting(StoreFixture::name)
                    .containsExactly("c");
        }

        @Test
        void keepLanesApart() throws Exception {
            define(CONSUMER);
            put(CONSUMER, retry(appendOne("a"), Duration.ZERO));
            assertThat(store.due(CONSUMER, share(), Lane.STATUSES, clock.instant(), NONE, MANY, MUCH))
                    .isEqualTo(Due.NOTHING);
        }

        @Test
        void areHeldInOrderOfIds() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b", "c"));
            put(CONSUMER, held(ids.get(2)), held(ids.get(0)), held(ids.get(1)));
            assertThat(heldOf(CONSUMER)).containsExactly("a", "b", "c");
            assertThat(heldLimited(2, MUCH, NONE)).containsExactly("a", "b");
            assertThat(heldLimited(MANY, 1, NONE)).containsExactly("a");
            assertThat(heldLimited(2, MUCH, Set.of(ids.get(0)))).containsExactly("b", "c");
        }

        @Test
        void areHeldByConversation() throws Exception {
            define(CONSUMER);
            put(CONSUMER, held(appendOne("a")));
            assertThat(store.held(CONSUMER, share(), Lane.CHANGES, CONVERSATION + 1, NONE, MANY, MUCH))
                    .isEqualTo(Due.NOTHING);
            assertThat(store.held(CONSUMER, share(), Lane.STATUSES, CONVERSATION, NONE, MANY, MUCH))
                    .isEqualTo(Due.NOTHING);
            reopen();
            assertThat(store.load(CONSUMER, share()).held()).isEqualTo(Map.of(Lane.CHANGES, Set.of(CONVERSATION)));
        }

        @Test
        void replaceWhatIsThereOfTheirRecord() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            put(CONSUMER, held(id));
            put(CONSUMER, retry(id, Duration.ZERO));
            assertThat(heldOf(CONSUMER)).isEmpty();
            assertThat(due(CONSUMER)).containsExactly("a");
            put(CONSUMER, dead(id));
            assertThat(due(CONSUMER)).isEmpty();
            assertThat(store.deadLetters(CONSUMER, MANY)).hasSize(1);
        }

        @Test
        void endWhereTheirRecordIsCompleted() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            put(CONSUMER, retry(id, Duration.ZERO));
            write(List.of(), new Change(CONSUMER, share(), progress(id, 1), List.of(), List.of(id)));
            assertThat(due(CONSUMER)).isEmpty();
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 1, 0, 0, null));
        }

        @Test
        void sayWhenTheOldestWasReceived() throws Exception {
            define(CONSUMER);
            assertThat(oldest(CONSUMER, Lane.CHANGES, Long.MAX_VALUE)).isNull();
            Instant first = clock.instant();
            long dead = appendOne("a");
            clock.advance(HOUR);
            long retry = appendOne("b");
            clock.advance(HOUR);
            put(CONSUMER, dead(dead), retry(retry, HOUR), held(appendOne("c")));
            assertThat(oldest(CONSUMER, Lane.CHANGES, Long.MAX_VALUE))
                    .as("a dead letter does not wait")
                    .isEqualTo(first.plus(HOUR));
        }

        @Test
        void becomeDeadLettersOfWhichTheLatestComesFirst() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b", "c"));
            put(CONSUMER, dead(ids.get(1)));
            clock.advance(HOUR);
            put(CONSUMER, dead(ids.get(0)), dead(ids.get(2)));
            List<DeadLetter> letters = store.deadLetters(CONSUMER, 2);
            assertThat(letters).extracting(letter -> name(letter.record())).containsExactly("c", "a");
            DeadLetter latest = letters.get(0);
            assertThat(latest.diedAt()).isEqualTo(clock.instant());
            assertThat(latest.reason()).isEqualTo("not now");
            assertThat(latest.record().failedAttempts()).isEqualTo(2);
            assertThat(latest.record().succeeded()).containsExactlyInAnyOrder("first handler", "second");
        }

        private Due dueLimited(int records, long bytes, Set<Long> except) throws Exception {
            return store.due(CONSUMER, share(), Lane.CHANGES, clock.instant(), except, records, bytes);
        }

        private List<String> heldLimited(int records, long bytes, Set<Long> except) throws Exception {
            return store.held(CONSUMER, share(), Lane.CHANGES, CONVERSATION, except, records, bytes).records().stream()
                    .map(StoreFixture::name)
                    .toList();
        }
    }

    @Nested
    class Counting {

        @Test
        void addsUpAtAnyTime() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append(names("n", 10)));
            long last = ids.get(9);
            Progress progress = new Progress(progress(last, 0).lanes(), 5, 2);
            write(List.of(), change(CONSUMER, progress, held(ids.get(0)), retry(ids.get(1), HOUR), dead(ids.get(2))));
            Backlog expected = new Backlog(10, 5, 1, 2, null);
            assertThat(store.count(CONSUMER)).isEqualTo(expected);
            assertThat(expected.waiting()).isEqualTo(2);
            reopen();
            assertThat(store.count(CONSUMER)).isEqualTo(expected);
        }

        @Test
        void doesNotCountADuplicate() throws Exception {
            define(CONSUMER);
            append("a");
            append("a", "a", "b");
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(2, 0, 0, 0, null));
        }

        @Test
        void countsOnAfterEverythingIsForgotten() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b", "c", "d"));
            put(CONSUMER, held(ids.get(0)), dead(ids.get(1)), retry(ids.get(2), HOUR), delivery(ids.get(3)));
            assertThat(store.count(CONSUMER).waiting()).isEqualTo(2);
            live(Duration.ofDays(100));
            live(Duration.ofDays(100));
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(4, 0, 0, 4, null));
            reopen();
            append("e");
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(5, 0, 0, 4, null));
        }

        private Delivery delivery(long id) {
            return new Delivery(
                    id, Lane.CHANGES, CONVERSATION, State.DISCARDED, 0, null, clock.instant(), Set.of(), "old");
        }
    }

    /** The same batch is written again where a commit has failed without telling whether it is durable. */
    @Nested
    class Repeating {

        @ParameterizedTest
        @EnumSource(Commit.class)
        void answersAsTheFirstTime(Commit commit) throws Exception {
            append("known");
            Batch next = batch(List.of(record("a"), record("known"), record("a"), record("b")));
            fail(next, commit);
            Written written = store.write(next);
            assertThat(written.isNew().stream()).containsExactly(0, 3);
            assertThat(written.stored())
                    .extracting(stored -> name(stored.record()))
                    .containsExactly("a", "b");
            assertThat(kept()).containsExactly("known", "a", "b");
        }

        @ParameterizedTest
        @EnumSource(Commit.class)
        void countsNothingTwice(Commit commit) throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b"));
            Change change = change(CONSUMER, progress(ids.get(1), 1), retry(ids.get(0), Duration.ZERO));
            Batch next = batch(List.of(record("c")), change);
            fail(next, commit);
            store.write(next);
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(3, 1, 0, 0, null));
            assertThat(due(CONSUMER)).containsExactly("a");
        }

        @ParameterizedTest
        @EnumSource(Commit.class)
        void isNotNeededForTheNextBatchToPass(Commit commit) throws Exception {
            fail(batch(List.of(record("a"))), commit);
            assertThat(append("b").isNew().stream()).containsExactly(0);
            assertThat(append("a").isNew().isEmpty()).isEqualTo(commit == Commit.DURABLE);
        }

        @Test
        void findsNothingOfABatchThatIsNotDurable() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            fail(batch(List.of(record("b")), change(CONSUMER, progress(id, 1), dead(id))), Commit.NOT_DURABLE);
            reopen();
            assertThat(kept()).containsExactly("a");
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 0, 0, 0, null));
        }

        /** A store may find out by itself whether the batch is durable; where it cannot, it says so. */
        private void fail(Batch next, Commit commit) {
            failNextCommit(commit == Commit.DURABLE);
            Throwable thrown = catchThrowable(() -> store.write(next));
            if (thrown instanceof StoreException ex && !ex.isUncertain()) {
                assertThat(commit).isEqualTo(Commit.NOT_DURABLE);
            } else {
                assertThat(thrown == null && commit == Commit.NOT_DURABLE)
                        .as("it answered although nothing is durable")
                        .isFalse();
            }
        }
    }

    /** What becomes of a commit that fails. */
    enum Commit {
        DURABLE,
        NOT_DURABLE
    }

    /** Ids that become visible later than higher ones. */
    @Nested
    class LateIds {

        @Test
        void keepPositionsBelowThem() throws Exception {
            long before = appendDecided("before");
            Callable<Written> late = begin(store, batch(List.of(record("late"))));
            append("after");
            Page page = page(Lane.CHANGES);
            assertThat(page.records())
                    .as("what is visible is given at once")
                    .extracting(StoreFixture::name)
                    .containsExactly("before", "after");
            assertThat(page.through()).isEqualTo(before);
            long id = lastId(late.call());
            assertThat(id).isGreaterThan(page.through());
            assertThat(read(share(), Lane.CHANGES, page.through())).containsExactly("late", "after");
        }

        /** No transaction that began later has ended, or has begun at all. */
        @Test
        void keepPositionsBelowThemWhereNothingElseIsWritten() throws Exception {
            long before = appendDecided("before");
            Share share = share();
            Callable<Written> late = begin(store, batch(List.of(record("late"))));
            for (int i = 0; i < 3; i++) {
                assertThat(store.read(share, Lane.CHANGES, null, 0, Long.MAX_VALUE, MANY, MUCH)
                                .through())
                        .isEqualTo(before);
            }
            late.call();
            assertThat(read(share, Lane.CHANGES, before)).containsExactly("late");
        }

        @Test
        void keepPositionsOfEveryLaneAndAPageThatIsCutBelowThem() throws Exception {
            long before = appendDecided("before");
            Callable<Written> late = begin(store, batch(List.of(record("late"))));
            append("after1", "after2");
            assertThat(page(Lane.STATUSES).through()).isEqualTo(before);
            assertThat(store.read(share(), Lane.CHANGES, null, before, Long.MAX_VALUE, 1, MUCH)
                            .through())
                    .isEqualTo(before);
            late.call();
            assertThat(page(Lane.STATUSES).through()).isGreaterThan(before);
        }

        @Test
        void comeToAConsumerThatStartsMeanwhile() throws Exception {
            appendDecided("before");
            Callable<Written> late = begin(store, batch(List.of(record("late"))));
            store.define(ConsumerDefinition.HANDLERS, Start.NOW);
            late.call();
            long position = lane(store.load(CONSUMER, share()), Lane.CHANGES).position();
            assertThat(read(share(), Lane.CHANGES, position)).containsExactly("late");
            assertThat(store.count(CONSUMER).assigned()).isEqualTo(1);
        }

        @Test
        void areNotForgottenBeforeTheyAreVisible() throws Exception {
            Callable<Written> late = begin(store, batch(List.of(record("late"))));
            append("after");
            live(RETENTION.maxHold().plus(HOUR));
            late.call();
            assertThat(kept()).as("what came after it may be kept as well").contains("late");
        }

        /** A store may learn what is decided when it is read. */
        private long appendDecided(String name) throws Exception {
            long id = appendOne(name);
            assertThat(page(Lane.CHANGES).through()).isEqualTo(id);
            return id;
        }
    }

    /** What is new in several shares, with one question. */
    @Nested
    class Tails {

        @BeforeEach
        void isShared() {
            Assumptions.assumeTrue(store.isShared(), "Nobody else stores here");
        }

        @Test
        void bringAllLanesOfSomeSharesInOrderOfIds() throws Exception {
            List<Long> ids = ids(write(List.of(
                    record("a", Lane.CHANGES, 0),
                    record("b", Lane.STATUSES, 1),
                    record("c", Lane.CHANGES, 2),
                    record("d", Lane.BULK, 0))));
            Tail tail = store.tail(Set.of(0, 1), 0, Set.of());
            assertThat(tail.items())
                    .extracting(Tail.Item::id, Tail.Item::part)
                    .containsExactly(
                            tuple(ids.get(0), new Part(0, Lane.CHANGES)),
                            tuple(ids.get(1), new Part(1, Lane.STATUSES)),
                            tuple(ids.get(3), new Part(0, Lane.BULK)));
            assertThat(read(tail)).containsExactly("a", "b", "d");
            assertThat(tail.through()).isEqualTo(ids.get(3));
            assertThat(tail.more()).isFalse();
        }

        @Test
        void bringRecordsAsAPageDoes() throws Exception {
            append("a");
            assertThat(store.tail(Set.of(share().number()), 0, Set.of()).items())
                    .extracting(Tail.Item::record)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(page(Lane.CHANGES).records());
        }

        @Test
        void beginBehindAnId() throws Exception {
            List<Long> ids = ids(append("a", "b", "c"));
            assertThat(read(store.tail(Set.of(share().number()), ids.get(0), Set.of())))
                    .containsExactly("b", "c");
        }

        @Test
        void haveNoPayloadThatIsKnownOrLargeOrNotKept() throws Exception {
            List<Long> ids = ids(append("known", "erased", "small"));
            byte[] large = new byte[Tail.SMALL_BYTES + 1];
            write(List.of(record("large", Lane.CHANGES, CONVERSATION, large)));
            store.erase(List.of(ids.get(1)));
            Tail tail = store.tail(Set.of(share().number()), 0, Set.of(ids.get(0)));
            assertThat(tail.items()).hasSize(4);
            assertThat(read(tail)).containsExactly("small");
        }

        @Test
        void haveNoFurtherPayloadOnceTheirBytesAreReached() throws Exception {
            int count = Tail.BYTES / Tail.SMALL_BYTES + 2;
            for (int i = 0; i < count; i++) {
                byte[] payload = new byte[Tail.SMALL_BYTES];
                write(List.of(record("n" + i, Lane.CHANGES, CONVERSATION, payload)));
            }
            Tail tail = store.tail(Set.of(share().number()), 0, Set.of());
            assertThat(tail.items()).hasSize(count);
            assertThat(tail.items().get(0).record()).isNotNull();
            assertThat(tail.items().get(count - 1).record()).isNull();
        }

        @Test
        void endBehindSoManyIds() throws Exception {
            for (int i = 0; i < 3; i++) {
                append(names("n" + i + ".", Tail.IDS / 2));
            }
            Tail tail = store.tail(Set.of(share().number()), 0, Set.of());
            assertThat(tail.items()).hasSize(Tail.IDS);
            assertThat(tail.through()).isEqualTo(tail.end()).isEqualTo(Tail.IDS);
            assertThat(tail.more()).isTrue();
        }

        @Test
        void keepPositionsBelowLateIds() throws Exception {
            append("before");
            long before = store.tail(Set.of(share().number()), 0, Set.of()).through();
            Callable<Written> late = begin(store, batch(List.of(record("late"))));
            append("after");
            Tail tail = store.tail(Set.of(share().number()), 0, Set.of());
            assertThat(read(tail)).containsExactly("before", "after");
            assertThat(tail.through()).isEqualTo(before);
            late.call();
            assertThat(read(store.tail(Set.of(share().number()), before, Set.of())))
                    .containsExactly("late", "after");
        }

        private List<String> read(Tail tail) {
            return tail.items().stream()
                    .map(Tail.Item::record)
                    .filter(Objects::nonNull)
                    .map(StoreFixture::name)
                    .toList();
        }
    }

    /** Several processes, each of which holds some of the shares. */
    @Nested
    class Sharing {

        @Test
        void givesEachShareToOneProcess() throws Exception {
            try (Store second = openSecond()) {
                shareOut(store, second);
                List<Integer> all = Stream.concat(
                                numbers(store.hold().shares()),
                                numbers(second.hold().shares()))
                        .toList();
                assertThat(all).doesNotHaveDuplicates().hasSize(store.shares());
                assertThat(second.hold().shares()).hasSizeBetween(1, store.shares() / 2 + 1);
            }
        }

        @Test
        void leavesAShareToItsOwnerUntilThatGivesItBack() throws Exception {
            Set<Share> before = store.hold().shares();
            try (Store second = openSecond()) {
                assertThat(second.hold().shares()).isEmpty();
                Holding holding = store.hold();
                assertThat(holding.shares()).isEqualTo(before);
                assertThat(holding.part()).isEqualTo((store.shares() + 1) / 2);
                Share given = inOrder(before).get(0);
                store.release(given);
                assertThat(store.hold().shares()).doesNotContain(given);
                assertThat(second.hold().shares()).containsExactly(new Share(given.number(), given.epoch() + 1));
                store.release(given);
                assertThat(second.hold().shares()).as("it is another one's").hasSize(1);
            }
        }

        @Test
        void givesTheSharesOfAProcessThatHasEndedToAnother() throws Exception {
            try (Store second = openSecond()) {
                shareOut(store, second);
            }
            assertThat(numbers(store.hold().shares())).hasSize(store.shares());
        }

        @Test
        void givesTheSharesOfAProcessThatIsSilentToAnotherInANewEpoch() throws Exception {
            Map<Integer, Share> before = byNumber(store.hold().shares());
            try (Store second = openSecond()) {
                letLeasesEnd();
                Map<Integer, Share> taken = byNumber(second.hold().shares());
                assertThat(taken).hasSize(store.shares());
                taken.forEach((number, share) -> assertThat(share.epoch())
                        .isGreaterThan(before.get(number).epoch()));
            }
        }

        @Test
        void writesNothingOfTheProgressOfAnOldOwner() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b"));
            pass(CONSUMER, ids.get(0));
            Change old = change(CONSUMER, progress(ids.get(1), 1), dead(ids.get(0)));
            try (Store second = openSecond()) {
                letLeasesEnd();
                Share share = share(second, CONVERSATION);
                Written written = write(List.of(record("c")), old);
                assertThat(written.lost()).containsExactly(old.share());
                assertThat(written.isNew().stream())
                        .as("its appends are written")
                        .containsExactly(0);
                assertThat(lane(second.load(CONSUMER, share), Lane.CHANGES).position())
                        .isEqualTo(ids.get(0));
                assertThat(second.deadLetters(CONSUMER, MANY)).isEmpty();
                assertThat(second.read(share, Lane.CHANGES, null, 0, Long.MAX_VALUE, MANY, MUCH)
                                .records())
                        .extracting(StoreFixture::name)
                        .containsExactly("a", "b", "c");
            }
        }

        @Test
        void writesNoReasonForARecordThatAnotherProcessHasErased() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b"));
            try (Store second = openSecond()) {
                second.erase(List.of(ids.get(0)));
                write(List.of(), change(CONSUMER, progress(ids.get(1), 0), dead(ids.get(0)), dead(ids.get(1))));
                assertThat(store.deadLetters(CONSUMER, MANY))
                        .extracting(dead -> dead.record().id().value())
                        .containsExactly(ids.get(1));
                assertThat(store.count(CONSUMER).discarded()).isEqualTo(1);
            }
        }

        @Test
        void tellsThatAnOperatorHasChangedSomethingInAnotherProcess() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            write(List.of(), change(CONSUMER, progress(id, 0), dead(id)));
            try (Store second = openSecond()) {
                List<StoreStep> steps = List.of(
                        () -> second.pause(CONSUMER, true),
                        () -> second.pause(CONSUMER, false),
                        () -> second.requeue(CONSUMER, List.of(id), clock.instant()),
                        () -> second.rewrite(List.of()),
                        () -> second.erase(List.of(id)));
                for (StoreStep step : steps) {
                    long before = store.revision();
                    assertThat(store.revision()).as("nothing has happened").isEqualTo(before);
                    step.run();
                    assertThat(store.revision()).isGreaterThan(before);
                }
            }
        }

        @Test
        void rewritesNoPayloadThatAnotherProcessHasChanged() throws Exception {
            long changed = appendOne("a");
            long same = appendOne("b");
            byte[] before = store.archive().payload(changed);
            try (Store second = openSecond()) {
                assertThat(second.rewrite(List.of(new Rewriting(changed, before, new byte[] {'x'}))))
                        .isEmpty();
            }
            assertThat(store.rewrite(List.of(
                            new Rewriting(changed, before, new byte[] {'y'}),
                            new Rewriting(same, new byte[] {'b'}, new byte[] {'z'}))))
                    .containsExactly(changed);
            assertThat(kept()).containsExactly("x", "z");
        }

        private interface StoreStep {

            void run() throws Exception;
        }

        @Test
        void writesTheProgressOfTheNewOwner() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            try (Store second = openSecond()) {
                letLeasesEnd();
                Share share = share(second, CONVERSATION);
                Change change = new Change(CONSUMER, share, progress(id, 1), List.of(), List.of());
                assertThat(second.write(new Batch(77, List.of(), List.of(change)))
                                .lost())
                        .isEmpty();
                assertThat(second.count(CONSUMER).completed()).isEqualTo(1);
            }
        }

        @Test
        void dropsARecordThatAnotherProcessHasStored() throws Exception {
            append("a");
            try (Store second = openSecond()) {
                assertThat(second.write(new Batch(77, List.of(record("a")), List.of()))
                                .isNew()
                                .isEmpty())
                        .isTrue();
            }
        }

        @Test
        void tellsOfWhatAnotherProcessHasStored() throws Exception {
            try (Store second = openSecond()) {
                store.awaitNews(Duration.ZERO);
                second.write(new Batch(77, List.of(record("a")), List.of()));
                News news = News.NONE;
                for (int i = 0; i < 100 && news.equals(News.NONE); i++) {
                    news = store.awaitNews(Duration.ofMillis(100));
                }
                assertThat(news.stored()).isTrue();
            }
        }

        @Test
        void storesEachKeyOnceWhereTwoProcessesRace() throws Exception {
            int batches = 100;
            try (Store second = openSecond();
                    Threads threads = new Threads()) {
                Future<Integer> one = threads.run(() -> appendAll(store, 1, batches));
                Future<Integer> other = threads.run(() -> appendAll(second, 1 + batches, batches));
                assertThat(one.get(30, TimeUnit.SECONDS) + other.get(30, TimeUnit.SECONDS))
                        .isEqualTo(batches * 10);
            }
            letLeasesEnd();
            assertThat(kept()).hasSize(batches * 10).doesNotHaveDuplicates();
        }

        private int appendAll(Store writer, long number, int batches) throws Exception {
            int stored = 0;
            for (int i = 0; i < batches; i++) {
                List<HashedRecord> records = names(i + "-", 10).stream()
                        .map(StoreContract.this::record)
                        .toList();
                stored += writer.write(new Batch(1_000_000 + number + i, records, List.of()))
                        .isNew()
                        .cardinality();
            }
            return stored;
        }

        private Map<Integer, Share> byNumber(Set<Share> shares) {
            return shares.stream().collect(Collectors.toMap(Share::number, share -> share));
        }
    }

    @Nested
    class Racing {

        /** Nothing appears later at or below what was read through, while one thread writes, forgets, and another reads. */
        @Test
        void aReaderMissesNothingOfWhatIsBeingWritten() throws Exception {
            int batches = 300;
            List<Share> shares = inOrder(store.hold().shares());
            Map<Integer, TreeMap<Long, String>> read = new HashMap<>();
            Map<Integer, Long> through = new HashMap<>();
            try (Threads threads = new Threads()) {
                Future<Integer> writing = threads.run(() -> {
                    for (int i = 0; i < batches; i++) {
                        write(List.of(
                                record("a" + i, Lane.CHANGES, i),
                                record("b" + i, Lane.STATUSES, i),
                                record("c" + i, Lane.CHANGES, i + 1)));
                        store.forget(RETENTION, clock.instant());
                    }
                    return batches;
                });
                boolean last;
                do {
                    last = writing.isDone();
                    for (Share share : shares) {
                        readOn(share, read.computeIfAbsent(share.number(), number -> new TreeMap<>()), through);
                    }
                } while (!last);
                assertThat(writing.get(30, TimeUnit.SECONDS)).isEqualTo(batches);
            }
            int total = 0;
            for (Share share : shares) {
                List<String> names = List.copyOf(read.get(share.number()).values());
                assertThat(names).isEqualTo(StoreContract.this.read(share, Lane.CHANGES, 0));
                total += names.size();
            }
            assertThat(total).isEqualTo(2 * batches);
        }

        private void readOn(Share share, TreeMap<Long, String> read, Map<Integer, Long> through) throws Exception {
            long after = through.getOrDefault(share.number(), 0L);
            Page page = store.read(share, Lane.CHANGES, null, after, Long.MAX_VALUE, 17, MUCH);
            assertThat(page.through()).isGreaterThanOrEqualTo(after);
            for (InboxRecord next : page.records()) {
                assertThat(next.id().value()).isGreaterThan(after);
                read.put(next.id().value(), name(next));
            }
            through.put(share.number(), page.through());
            if (page.more()) {
                readOn(share, read, through);
            }
        }
    }

    @Nested
    class Forgetting {

        @Test
        void erasesAPayloadWhenItsTimeHasCome() throws Exception {
            define(CONSUMER);
            pass(CONSUMER, appendOne("a"));
            live(RETENTION.payload().minus(HOUR));
            assertThat(kept()).containsExactly("a");
            clock.advance(HOUR.multipliedBy(2));
            forget();
            assertThat(kept()).isEmpty();
            assertThat(append("a").isNew().isEmpty())
                    .as("the key is still known")
                    .isTrue();
        }

        @Test
        void forgetsAKeyWhenItsTimeHasCome() throws Exception {
            define(CONSUMER);
            pass(CONSUMER, appendOne("a"));
            live(RETENTION.duplicates().minus(HOUR));
            assertThat(append("a").isNew().isEmpty()).isTrue();
            clock.advance(HOUR.multipliedBy(2));
            forget();
            assertThat(append("a").isNew().isEmpty()).isFalse();
        }

        @Test
        void forgetsWithoutAnyConsumer() throws Exception {
            append("a");
            live(RETENTION.duplicates().plus(HOUR));
            assertThat(page(Lane.CHANGES).gone()).isEmpty();
            assertThat(kept()).isEmpty();
        }

        @Test
        void erasesPayloadsOfAFieldSoonerWhereThatIsAsked() throws Exception {
            define(CONSUMER);
            Retention shorter = retention(Map.of("messageechoes", HOUR, "calls", Duration.ZERO), RETENTION.attempts());
            long message = appendOne("a");
            long echo = ids(write(List.of(ofField("b", "message_echoes")))).get(0);
            long call = ids(write(List.of(ofField("c", "calls")))).get(0);
            long retried = ids(write(List.of(ofField("d", "calls")))).get(0);
            live(Duration.ofMinutes(5), shorter);
            assertThat(kept()).as("before the consumer has come to them").hasSize(4);
            put(CONSUMER, retry(retried, Duration.ofHours(2)));
            pass(CONSUMER, retried);
            live(Duration.ofMinutes(5), shorter);
            assertThat(kept()).containsExactly("a", "b", "d");
            live(HOUR, shorter);
            assertThat(page(Lane.CHANGES).gone()).containsExactly(echo, call);
            complete(CONSUMER, retried, retried);
            reopen();
            live(Duration.ofMinutes(5), shorter);
            assertThat(page(Lane.CHANGES).gone()).containsExactly(echo, call, retried);
            assertThat(kept()).containsExactly("a");
            assertThat(message).isPositive();
            assertThat(write(List.of(ofField("c", "calls"))).isNew().isEmpty())
                    .as("its key stays")
                    .isTrue();
        }

        private HashedRecord ofField(String name, String field) {
            HashedRecord hashed = record(name);
            NewRecord appended = hashed.record();
            return new HashedRecord(
                    new NewRecord(
                            appended.key(),
                            appended.endpoint(),
                            field,
                            null,
                            appended.lane(),
                            appended.conversation(),
                            appended.account(),
                            appended.phoneNumber(),
                            appended.subjects(),
                            appended.receivedAt(),
                            appended.payload()),
                    hashed.share(),
                    hashed.conversation(),
                    hashed.subjects());
        }

        private Retention retention(Map<String, Duration> payloadOf, Duration attempts) {
            return new Retention(
                    RETENTION.duplicates(),
                    RETENTION.payload(),
                    payloadOf,
                    RETENTION.deadLetter(),
                    attempts,
                    RETENTION.maxHold());
        }

        @Test
        void deletesFailedAttemptsOfWhatIsCompleted() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b"));
            for (long id : ids) {
                put(CONSUMER, dead(id));
            }
            complete(CONSUMER, ids.get(0), ids.get(1));
            Retention shorter = retention(Map.of(), HOUR);
            live(HOUR.multipliedBy(2), shorter);
            assertThat(failuresOf(ids.get(0))).isEmpty();
            assertThat(failuresOf(ids.get(1))).as("of a dead letter").hasSize(1);
            complete(CONSUMER, ids.get(1), ids.get(1));
            live(HOUR, shorter);
            assertThat(failuresOf(ids.get(1))).isEmpty();
        }

        private List<FailedAttempt> failuresOf(long id) throws Exception {
            return store.archive().show(id).consumers().get(0).failures();
        }

        @Test
        void waitsForAnImportantConsumerButNotForEver() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            live(RETENTION.maxHold().minus(HOUR));
            assertThat(kept()).containsExactly("a");
            clock.advance(HOUR.multipliedBy(2));
            forget();
            Page page = page(Lane.CHANGES);
            assertThat(page.records()).isEmpty();
            assertThat(page.gone()).as("so that it is counted").containsExactly(id);
        }

        @Test
        void waitsForTheSlowestOfTwoImportantConsumers() throws Exception {
            define(CONSUMER);
            define("slow");
            List<Long> ids = ids(append("a", "b"));
            pass(CONSUMER, ids.get(1));
            pass("slow", ids.get(0));
            live(RETENTION.payload().plus(HOUR));
            assertThat(kept()).containsExactly("b");
        }

        @Test
        void doesNotWaitForAConsumerThatIsNotImportant() throws Exception {
            store.define(new ConsumerDefinition("replay", "replay", false), Start.OLDEST);
            long id = appendOne("a");
            live(RETENTION.duplicates().plus(HOUR));
            Page page = page(Lane.CHANGES);
            assertThat(page.records()).isEmpty();
            assertThat(page.gone()).as("so that it is counted").containsExactly(id);
        }

        @Test
        void doesNotWaitForAConsumerThatIsNoLongerImportant() throws Exception {
            define(CONSUMER);
            append("a");
            store.define(new ConsumerDefinition(CONSUMER, CONSUMER, false), Start.OLDEST);
            live(RETENTION.payload().plus(HOUR));
            assertThat(kept()).isEmpty();
        }

        @Test
        void doesNotWaitForAConsumerThatIsRemoved() throws Exception {
            define(CONSUMER);
            put(CONSUMER, dead(appendOne("a")));
            append("b");
            removeAll(CONSUMER);
            live(RETENTION.duplicates().plus(HOUR));
            assertThat(kept()).isEmpty();
            assertThat(append("a", "b").isNew().cardinality()).isEqualTo(2);
        }

        @ParameterizedTest
        @EnumSource(
                value = State.class,
                names = {"HELD", "RETRY"})
        void keepsWhatWaitsButNotForEver(State state) throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            put(CONSUMER, state == State.HELD ? held(id) : retry(id, Duration.ZERO));
            live(RETENTION.maxHold().minus(HOUR));
            assertThat(state == State.HELD ? heldOf(CONSUMER) : due(CONSUMER)).containsExactly("a");
            assertThat(store.count(CONSUMER).waiting()).isEqualTo(1);
            clock.advance(HOUR.multipliedBy(2));
            forget();
            assertThat(heldOf(CONSUMER)).isEmpty();
            assertThat(due(CONSUMER)).isEmpty();
            assertThat(kept()).isEmpty();
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 0, 0, 1, null));
        }

        /** As by a consumer that had the record in memory. */
        @ParameterizedTest
        @EnumSource(
                value = State.class,
                names = {"HELD", "RETRY"})
        void leavesADeliveryThatIsWrittenAfterItWithoutAPayload(State state) throws Exception {
            store.define(new ConsumerDefinition("replay", "replay", false), Start.OLDEST);
            long id = appendOne("a");
            live(RETENTION.payload().plus(HOUR));
            put("replay", state == State.HELD ? held(id) : retry(id, Duration.ZERO));
            Due due = state == State.HELD
                    ? store.held("replay", share(), Lane.CHANGES, CONVERSATION, NONE, MANY, MUCH)
                    : store.due("replay", share(), Lane.CHANGES, clock.instant(), NONE, MANY, MUCH);
            assertThat(due.records()).isEmpty();
            assertThat(due.gone()).extracting(gone -> gone.id().value()).containsExactly(id);
            assertThat(due.next()).isNull();
        }

        @Test
        void keepsADeadLetterForItsOwnTime() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            live(Duration.ofDays(2));
            put(CONSUMER, dead(id));
            live(RETENTION.deadLetter().minus(HOUR));
            assertThat(store.deadLetters(CONSUMER, MANY))
                    .extracting(letter -> name(letter.record()))
                    .containsExactly("a");
            clock.advance(HOUR.multipliedBy(2));
            forget();
            assertThat(store.deadLetters(CONSUMER, MANY)).isEmpty();
            assertThat(kept()).isEmpty();
            assertThat(append("a").isNew().isEmpty()).as("the key is forgotten").isFalse();
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(2, 0, 0, 1, null));
        }

        @Test
        void erasesThePayloadOnceALateDeliveryIsCompleted() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            put(CONSUMER, retry(id, Duration.ZERO));
            live(RETENTION.duplicates().plus(HOUR));
            assertThat(kept()).containsExactly("a");
            write(List.of(), new Change(CONSUMER, share(), progress(id, 1), List.of(), List.of(id)));
            forget();
            assertThat(kept()).isEmpty();
            assertThat(append("a").isNew().isEmpty()).as("the key is forgotten").isFalse();
        }

        @Test
        void keepsAPayloadThatOneOfTwoConsumersNeeds() throws Exception {
            define(CONSUMER);
            define("other");
            long id = appendOne("a");
            put(CONSUMER, retry(id, Duration.ZERO));
            put("other", dead(id));
            live(RETENTION.duplicates().plus(HOUR));
            write(List.of(), new Change(CONSUMER, share(), progress(id, 1), List.of(), List.of(id)));
            forget();
            assertThat(store.deadLetters("other", MANY))
                    .extracting(letter -> name(letter.record()))
                    .containsExactly("a");
        }

        @Test
        void takesSmallSteps() throws Exception {
            append(names("n", 2_000));
            forget();
            clock.advance(RETENTION.payload().plus(HOUR));
            assertThat(store.forget(RETENTION, clock.instant())).isTrue();
            assertThat(kept()).hasSizeBetween(1_000, 2_000);
            forget();
            assertThat(kept()).isEmpty();
        }

        @Test
        void goesByWhatItIsTold() throws Exception {
            append("a");
            live(HOUR);
            assertThat(kept()).containsExactly("a");
            Duration minutes = Duration.ofMinutes(10);
            forget(new Retention(minutes, minutes, minutes, minutes));
            assertThat(kept()).isEmpty();
        }

        /** Steps take their time, and the clock goes on meanwhile. */
        @Test
        void goesOnAfterALongStop() throws Exception {
            append(names("n", 1_000));
            forget();
            clock.advance(Duration.ofDays(100));
            reopen();
            for (int i = 0; i < 3; i++) {
                store.forget(RETENTION, clock.instant());
                clock.advance(Duration.ofMinutes(2));
            }
            forget();
            assertThat(kept()).isEmpty();
            assertThat(append("n999").isNew().isEmpty())
                    .as("the key is forgotten")
                    .isFalse();
        }

        @Test
        void goesOnAfterARestart() throws Exception {
            define(CONSUMER);
            pass(CONSUMER, lastId(append(names("n", 1_000))));
            forget();
            clock.advance(RETENTION.duplicates().plus(HOUR));
            for (int i = 0; i < 3; i++) {
                store.forget(RETENTION, clock.instant());
                reopen();
            }
            forget();
            assertThat(kept()).isEmpty();
        }
    }

    @Nested
    class WrongClocks {

        private static final Duration YEAR = Duration.ofDays(365);

        @Test
        void doNotKeepWhatWasStoredWhileTheClockWasAhead() throws Exception {
            clock.advance(YEAR);
            append("a");
            forget();
            clock.advance(YEAR.negated());
            live(RETENTION.payload().minus(HOUR));
            assertThat(kept()).containsExactly("a");
            clock.advance(HOUR.multipliedBy(2));
            forget();
            assertThat(kept()).isEmpty();
        }

        @Test
        void doNotKeepItEitherWhereTheClockIsSetWhileTheStoreIsClosed() throws Exception {
            clock.advance(YEAR);
            append("a");
            forget();
            clock.advance(YEAR.negated());
            reopen();
            live(RETENTION.payload().plus(HOUR));
            assertThat(kept()).isEmpty();
        }

        @Test
        void doNotKeepWhatOtherRecordsCameBehind() throws Exception {
            append("before");
            live(HOUR);
            clock.advance(YEAR);
            append("ahead");
            clock.advance(YEAR.negated());
            live(HOUR);
            append("after");
            live(RETENTION.payload().minus(HOUR.dividedBy(2)));
            assertThat(kept()).containsExactly("after");
            clock.advance(HOUR);
            forget();
            assertThat(kept()).isEmpty();
        }

        @Test
        void doNotEraseWhatIsStoredAfterTheClockWentBack() throws Exception {
            append("a");
            live(HOUR);
            clock.advance(Duration.ofDays(2).negated());
            append("b");
            live(RETENTION.payload().minus(HOUR));
            assertThat(kept()).contains("b");
        }

        @Test
        void doNotDelayARetryThatIsDue() throws Exception {
            define(CONSUMER);
            clock.advance(YEAR);
            long id = appendOne("a");
            clock.advance(YEAR.negated());
            put(CONSUMER, retry(id, HOUR));
            clock.advance(HOUR);
            assertThat(due(CONSUMER)).containsExactly("a");
        }
    }

    @Nested
    class Erasing {

        @Test
        void takesThePayloadAtOnceAndKeepsTheKey() throws Exception {
            List<Long> ids = ids(append("a", "b"));
            store.erase(List.of(ids.get(0)));
            assertThat(kept()).containsExactly("b");
            reopen();
            assertThat(kept()).containsExactly("b");
            assertThat(append("a").isNew().isEmpty()).isTrue();
        }

        @Test
        void discardsWhatWaits() throws Exception {
            define(CONSUMER);
            define("other");
            List<Long> ids = ids(append("a", "b"));
            put(CONSUMER, held(ids.get(0)), retry(ids.get(1), Duration.ZERO));
            put("other", retry(ids.get(0), Duration.ZERO), held(ids.get(1)));
            store.erase(ids);
            reopen();
            for (String consumer : List.of(CONSUMER, "other")) {
                assertThat(heldOf(consumer)).isEmpty();
                assertThat(due(consumer)).isEmpty();
                assertThat(store.load(consumer, share()).held()).isEmpty();
                assertThat(oldest(consumer, Lane.CHANGES, Long.MAX_VALUE)).isNull();
                assertThat(store.count(consumer)).isEqualTo(new Backlog(2, 0, 0, 2, null));
            }
        }

        @Test
        void takesAlsoTheReasonOfADeadLetter() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            put(CONSUMER, dead(id));
            store.erase(List.of(id));
            assertThat(store.deadLetters(CONSUMER, MANY))
                    .noneMatch(letter -> letter.record().payload().length > 0
                            || letter.reason().equals("not now"));
            assertThat(store.count(CONSUMER).waiting()).isZero();
        }

        /** An attempt was under way when the record was erased, and fails. */
        @Test
        void isNotUndoneByAnAttemptThatEndsLater() throws Exception {
            define(CONSUMER);
            List<Long> ids = ids(append("a", "b"));
            store.erase(ids);
            put(CONSUMER, retry(ids.get(0), Duration.ZERO), held(ids.get(1)));
            clock.advance(HOUR);
            assertThat(due(CONSUMER)).isEmpty();
            assertThat(heldOf(CONSUMER)).isEmpty();
        }

        @Test
        void hidesFromAConsumerThatStartsLater() throws Exception {
            long id = appendOne("a");
            store.erase(List.of(id));
            define(CONSUMER);
            assertThat(page(Lane.CHANGES).records()).isEmpty();
            assertThat(page(Lane.CHANGES).gone()).containsExactly(id);
        }

        @Test
        void canBeRepeated() throws Exception {
            define(CONSUMER);
            long id = appendOne("a");
            put(CONSUMER, held(id));
            store.erase(List.of(id, id + 1_000));
            store.erase(List.of(id));
            assertThat(store.count(CONSUMER)).isEqualTo(new Backlog(1, 0, 0, 1, null));
        }
    }

    @Nested
    class LatestValues {

        private final Instant time = clock.instant();

        @Test
        void areTheNewestOfEachKey() throws Exception {
            store.keepLatest(
                    List.of(value("b", time, "1"), value("a", time, "1"), value("b", time.plusMillis(1), "2")));
            store.keepLatest(List.of(value("b", time, "3"), value("a", time.minusMillis(1), "3")));
            assertThat(latest()).containsExactly("a=1", "b=2");
        }

        @Test
        void ofTheSameTimeAreReplacedByTheLater() throws Exception {
            store.keepLatest(List.of(value("a", time, "1")));
            store.keepLatest(List.of(value("a", time, "2"), value("a", time, "3")));
            assertThat(latest()).containsExactly("a=3");
        }

        @Test
        void areThereAfterARestart() throws Exception {
            store.keepLatest(List.of(value("a", time, "")));
            reopen();
            assertThat(latest()).containsExactly("a=");
            assertThat(store.latestValues().get(0).time()).isEqualTo(time);
        }

        @Test
        void areNotForgotten() throws Exception {
            store.keepLatest(List.of(value("a", time, "1")));
            live(Duration.ofDays(100));
            assertThat(latest()).containsExactly("a=1");
        }

        private List<String> latest() throws Exception {
            return store.latestValues().stream()
                    .map(value -> value.key() + "=" + new String(value.value(), StandardCharsets.UTF_8))
                    .toList();
        }

        private LatestValue value(String key, Instant time, String value) {
            return new LatestValue(key, time, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Nested
    class Notes {

        @Test
        void areKeptByRecordAndName() throws Exception {
            List<Long> ids = ids(append("a", "b"));
            store.keepNotes(
                    List.of(note(ids.get(0), "x", "1"), note(ids.get(1), "x", "2"), note(ids.get(0), "y", "3")));
            store.keepNotes(List.of(note(ids.get(0), "x", "4")));
            assertThat(read(ids.get(0), "x")).isEqualTo("4");
            assertThat(read(ids.get(0), "y")).isEqualTo("3");
            assertThat(read(ids.get(1), "x")).isEqualTo("2");
            assertThat(store.note(ids.get(1), "y")).isEmpty();
        }

        @Test
        void areThereAfterARestart() throws Exception {
            long id = appendOne("a");
            store.keepNotes(List.of(note(id, "x", "1")));
            reopen();
            assertThat(read(id, "x")).isEqualTo("1");
        }

        @Test
        void areErasedWithTheirRecordAndNotKeptAfterThat() throws Exception {
            long id = appendOne("a");
            store.keepNotes(List.of(note(id, "x", "1")));
            store.erase(List.of(id));
            assertThat(store.note(id, "x")).isEmpty();
            store.keepNotes(List.of(note(id, "x", "2"), note(id + 1_000, "x", "2")));
            assertThat(store.note(id, "x")).isEmpty();
            assertThat(store.note(id + 1_000, "x")).isEmpty();
        }

        @Test
        void areForgottenWithTheirRecord() throws Exception {
            long id = appendOne("a");
            store.keepNotes(List.of(note(id, "x", "1")));
            live(Duration.ofDays(100));
            assertThat(store.note(id, "x")).isEmpty();
        }

        private String read(long id, String name) throws Exception {
            return new String(store.note(id, name).orElseThrow(), StandardCharsets.UTF_8);
        }

        private RecordNote note(long id, String name, String value) {
            return new RecordNote(id, name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static LaneProgress lane(Loaded loaded, Lane lane) {
        LaneProgress progress = loaded.progress().lanes().get(lane);
        assertThat(progress).as("progress of lane %s", lane).isNotNull();
        return progress;
    }

    /** Threads that end with the test. */
    private static final class Threads implements AutoCloseable {

        private final ExecutorService threads = Executors.newCachedThreadPool();

        <T> Future<T> run(Callable<T> work) {
            return threads.submit(work);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
