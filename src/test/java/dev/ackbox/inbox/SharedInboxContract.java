package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.HashedRecord;
import dev.ackbox.inbox.engine.Holding;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreException;
import dev.ackbox.inbox.engine.StoreFixture;
import dev.ackbox.inbox.engine.StoreProxy;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.engine.Tail;
import dev.ackbox.inbox.engine.Written;
import dev.ackbox.test.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes whose inboxes share a store, in every engine that can be shared. */
@Timeout(60)
public abstract class SharedInboxContract {

    private static final Duration WAIT = Duration.ofMillis(100);

    private static final int CONVERSATIONS = 20;

    /** So few that each has more records in memory than it may have, and the others are held. */
    private static final int HELD_CONVERSATIONS = 6;

    private static final int SENDERS = 4;
    private static final int ITEMS_PER_SENDER = 2_500;
    private static final int ITEMS_PER_NOTIFICATION = 5;

    /** What an operator does is known everywhere after 2 s; a loaded machine gets some more. */
    private static final Duration REACHES_ALL = Duration.ofSeconds(5);

    private static final Subject USER = new Subject(Subject.Kind.USER, "12065550123");

    protected final MovableClock clock = new MovableClock();
    private final AtomicLong disowned = new AtomicLong();
    private final InboxObserver firstObserver = new InboxObserver() {
        @Override
        public void disowned(String consumer, long attempts) {
            disowned.addAndGet(attempts);
        }
    };
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    private final Set<Long> busyTwice = ConcurrentHashMap.newKeySet();
    private StoredInbox first;
    private StoredInbox second;
    private volatile boolean firstIsCutOff;

    /** How often the first process has renewed its shares, and how often it was told that it holds more than its part. */
    private final AtomicLong firstRenewals = new AtomicLong();

    private final AtomicLong firstSurpluses = new AtomicLong();

    /** So often the first process renews its shares until the removal of a replay comes to its end there. */
    private volatile long firstRemovesUntil;

    /** Has the reader of the first process wait where it looks for retries. */
    private volatile @Nullable CyclicBarrier firstReader;

    private Consumer firstHandlers;
    private Consumer secondHandlers;

    /** Connects a process to the store that all processes of this test share. */
    protected abstract Store connect(String name) throws Exception;

    /** Begins a write that has its ids and is not visible yet; the result ends it. */
    protected abstract Callable<Written> begin(Store writer, Batch batch) throws Exception;

    @BeforeEach
    void openBoth() throws Exception {
        Store one = connect("first");
        Store other = connect("second");
        StoreFixture.shareOut(one, other);
        first = open(StoreProxy.of(one, this::unlessCutOff), firstObserver);
        second = open(other, InboxObserver.NONE);
        firstHandlers = first.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        secondHandlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
    }

    /** Whether the first process renews its shares, and when it reads. */
    private @Nullable Object unlessCutOff(String method, Object[] arguments, StoreProxy.Call call) throws Throwable {
        if (firstIsCutOff && method.equals("hold")) {
            throw StoreException.of(new IllegalStateException("A test has asked for this"));
        }
        if (method.equals("remove") && firstRenewals.get() < firstRemovesUntil) {
            return true;
        }
        CyclicBarrier reader = firstReader;
        if (reader != null && method.equals("due")) {
            firstReader = null;
            reader.await();
            reader.await();
        }
        Object result = call.proceed();
        if (result instanceof Holding holding) {
            (holding.shares().size() > holding.part() ? firstSurpluses : firstRenewals).incrementAndGet();
        }
        return result;
    }

    private StoredInbox open(Store store, InboxObserver observer) {
        Duration days = Duration.ofDays(9);
        return StoredInbox.open(
                store,
                new StoredInbox.Settings(
                        new HandOverBounds(100, 1 << 20), 1 << 24, new Retention(days, days, days, days)),
                new Users(),
                observer,
                clock);
    }

    @AfterEach
    void closeBoth() {
        first.close();
        second.close();
    }

    @Test
    void handleEachRecordOnceInOrder() throws Exception {
        int count = 2_000;
        List<Thread> workers = new ArrayList<>();
        for (Consumer consumer : List.of(firstHandlers, firstHandlers, secondHandlers, secondHandlers)) {
            workers.add(new Thread(() -> work(consumer)));
        }
        workers.forEach(Thread::start);
        List<CompletableFuture<?>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(first.append(List.of(record("first", i))));
            appends.add(second.append(List.of(record("second", i))));
        }
        appends.forEach(CompletableFuture::join);
        await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() >= 2 * count);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(2 * count).doesNotHaveDuplicates();
        assertThat(busyTwice).isEmpty();
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            String prefix = "first " + conversation + " ";
            assertThat(handled.stream()
                            .filter(name -> name.startsWith(prefix))
                            .map(name -> Integer.valueOf(name.substring(prefix.length()))))
                    .isSorted()
                    .hasSize(count / CONVERSATIONS);
        }
    }

    /** What was acknowledged before a notification came is handed out before what is in that, whoever has stored it. */
    @Test
    void keepTheOrderOfAcknowledgements() throws Exception {
        int count = 1_000;
        List<Thread> workers = workOn(firstHandlers, secondHandlers);
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NewRecord record = record("any", i);
            (i / CONVERSATIONS % 2 == 0 ? first : second)
                    .append(List.of(record))
                    .join();
            acknowledged.add(new String(record.payload(), StandardCharsets.UTF_8));
        }
        closeOnceHandled(count, workers);
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            String prefix = "any " + conversation + " ";
            assertThat(handled.stream().filter(name -> name.startsWith(prefix)))
                    .containsExactlyElementsOf(acknowledged.stream()
                            .filter(name -> name.startsWith(prefix))
                            .toList());
        }
    }

    /** Large ones are read apart from the others. */
    @Test
    void keepTheOrderOfLargeAndSmallRecords() throws Exception {
        int count = 300;
        List<Thread> workers = workOn(firstHandlers, secondHandlers);
        for (int i = 0; i < count; i++) {
            NewRecord record = record("any", i);
            (i / CONVERSATIONS % 2 == 0 ? first : second)
                    .append(List.of(i % 7 == 0 ? large(record) : record))
                    .join();
        }
        closeOnceHandled(count, workers);
        for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
            String prefix = "any " + conversation + " ";
            assertThat(handled.stream()
                            .filter(name -> name.startsWith(prefix))
                            .map(name -> Integer.valueOf(name.substring(prefix.length()))))
                    .isSorted()
                    .hasSize(count / CONVERSATIONS);
        }
    }

    private void closeOnceHandled(int count, List<Thread> workers) throws InterruptedException {
        await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() >= count);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private static NewRecord large(NewRecord record) {
        return new NewRecord(
                record.key(),
                record.endpoint(),
                record.field(),
                null,
                record.lane(),
                record.conversation(),
                null,
                null,
                record.subjects(),
                record.receivedAt(),
                Arrays.copyOf(record.payload(), Tail.SMALL_BYTES + 1));
    }

    @Test
    void goOnWithWhatTheOtherOneHasNotDone() throws Exception {
        for (int i = 0; i < 20; i++) {
            first.append(List.of(record("first", i))).join();
        }
        List<String> firsts = new ArrayList<>();
        for (InboxRecord next = firstHandlers.next(Lane.CHANGES, WAIT);
                next != null;
                next = firstHandlers.next(Lane.CHANGES, WAIT)) {
            firsts.add(name(next));
        }
        assertThat(firsts).isNotEmpty();
        first.close();
        Thread worker = new Thread(() -> work(secondHandlers));
        worker.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 20);
        second.close();
        worker.join();
        assertThat(handled).hasSize(20).doesNotHaveDuplicates().containsAll(firsts);
    }

    @Test
    void keepProgressWhereSharesChangeTheirOwner() throws Exception {
        Thread worker = new Thread(() -> work(firstHandlers));
        worker.start();
        Thread other = new Thread(() -> work(secondHandlers));
        other.start();
        for (int i = 0; i < 200; i++) {
            second.append(List.of(record("second", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 200);
        first.close();
        for (int i = 200; i < 400; i++) {
            second.append(List.of(record("second", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 400);
        second.close();
        worker.join();
        other.join();
        assertThat(handled).hasSize(400).doesNotHaveDuplicates();
        try (Store store = connect("third")) {
            assertThat(store.count("handlers").completed()).isEqualTo(400);
            assertThat(store.count("handlers").waiting()).isZero();
        }
    }

    @Test
    void countWhatTheOtherOneHasStoredAndCompleted() throws Exception {
        int count = 400;
        for (int i = 0; i < count; i++) {
            second.append(List.of(record("second", i))).join();
        }
        Thread worker = new Thread(() -> work(firstHandlers));
        worker.start();
        long least = 0;
        while (handled.size() < count / 4) {
            least = Math.min(least, firstHandlers.backlog().waiting());
        }
        assertThat(least).isZero();
        Thread other = new Thread(() -> work(secondHandlers));
        other.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count);
        for (Consumer consumer : List.of(firstHandlers, secondHandlers)) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(consumer.backlog()).isEqualTo(new Backlog(count, count, 0, 0, null)));
        }
        first.close();
        second.close();
        worker.join();
        other.join();
    }

    /** Whatever it writes, it does not hold up what others have written since. */
    @Test
    void goOnWhileAnotherProcessIsWriting() throws Exception {
        Store third = connect("third");
        NewRecord record = record("third", 0);
        Callable<Written> late =
                begin(third, new Batch(1, List.of(new HashedRecord(record, 0, 4, List.of())), List.of()));
        List<Thread> workers = new ArrayList<>();
        for (Consumer consumer : List.of(firstHandlers, secondHandlers)) {
            workers.add(new Thread(() -> work(consumer)));
        }
        workers.forEach(Thread::start);
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            first.append(List.of(record("first", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count);
        assertThat(handled).hasSize(count);
        late.call();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count + 1);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(count + 1).doesNotHaveDuplicates().contains("third 0 0");
        assertThat(third.count("handlers").waiting()).isZero();
    }

    @Test
    void pauseAndResumeInAllProcesses() {
        secondHandlers.pause();
        await().atMost(REACHES_ALL).until(firstHandlers::isPaused);
        firstHandlers.resume();
        await().atMost(REACHES_ALL).until(() -> !secondHandlers.isPaused());
    }

    @Test
    void neverHandOutWhatAnotherProcessHasErased() throws Exception {
        int count = 40;
        for (int i = 0; i < count; i++) {
            first.append(List.of(record("first", i))).join();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> firstHandlers.backlog().waiting() == count);
        assertThat(second.archive().erase(USER).records()).isEqualTo(count);
        await().atMost(REACHES_ALL)
                .until(() -> firstHandlers.backlog().discarded() == count
                        && secondHandlers.backlog().discarded() == count);
        assertThat(firstHandlers.next(Lane.CHANGES, WAIT)).isNull();
        assertThat(secondHandlers.next(Lane.CHANGES, WAIT)).isNull();
    }

    /** Each begins with the payload as it was before the other one has changed it. */
    @Test
    void takeTwoUsersOutOfOnePayloadAtTheSameMoment() throws Exception {
        first.close();
        second.close();
        AtomicBoolean meanwhile = new AtomicBoolean();
        Store one = StoreProxy.of(connect("first again"), (method, arguments, call) -> {
            if (method.equals("rewrite") && meanwhile.compareAndSet(false, true)) {
                second.archive().erase(new Subject(Subject.Kind.USER, "Bob"));
            }
            return call.proceed();
        });
        first = open(one, InboxObserver.NONE);
        second = open(connect("second again"), InboxObserver.NONE);
        NewRecord shared = new NewRecord(
                IdempotencyKey.of(0, new byte[20]),
                "default",
                Users.FIELD,
                null,
                Lane.BULK,
                "history",
                null,
                null,
                List.of(),
                clock.instant(),
                "Ann Bob Eve".getBytes(StandardCharsets.UTF_8));
        first.append(List.of(shared)).join();
        assertThat(first.archive().erase(new Subject(Subject.Kind.USER, "Ann")).rewritten())
                .isEqualTo(1);
        assertThat(meanwhile).isTrue();
        ArchivedRecord kept =
                second.archive().find(RecordFilter.ALL, null, 1).records().get(0);
        assertThat(second.archive().payload(kept.id()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("--- --- Eve");
    }

    /** Payloads are names of users. */
    private static final class Users implements Redaction {

        static final String FIELD = "history";

        @Override
        public Set<String> fields() {
            return Set.of(FIELD);
        }

        @Override
        public byte @Nullable [] without(byte[] payload, Predicate<String> user) {
            String before = new String(payload, StandardCharsets.UTF_8);
            String after = Stream.of(before.split(" "))
                    .map(name -> user.test(name) ? "---" : name)
                    .collect(Collectors.joining(" "));
            return after.equals(before) ? null : after.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void replayEachWhatItsSharesHave() throws Exception {
        int count = 40;
        List<Thread> workers = workOn(firstHandlers, secondHandlers);
        for (int i = 0; i < count; i++) {
            first.append(List.of(record("first", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= count);
        Replay started = first.replays().start(RecordFilter.ALL, null, Replays.MAX_RATE, "all");
        await().atMost(REACHES_ALL).until(() -> second.replays().all().size() == 1);
        Consumer there = second.replays().all().get(0).consumer();
        workers.addAll(workOn(started.consumer(), there));
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= 2 * count);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> started.consumer().backlog().completed() == count
                        && there.backlog().completed() == count);
        assertThat(second.replays().remove(started.id())).isTrue();
        await().atMost(REACHES_ALL).until(() -> first.replays().all().isEmpty());
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(2 * count);
        assertThat(busyTwice).isEmpty();
    }

    /** A replay with many dead letters takes minutes to remove. */
    @Test
    void renewSharesWhileAReplayIsRemoved() throws Exception {
        first.append(List.of(record("first", 0))).join();
        Replay started = first.replays().start(RecordFilter.ALL, null, Replays.MAX_RATE, "all");
        firstRemovesUntil = firstRenewals.get() + 5;
        Thread removal = new Thread(() -> first.replays().remove(started.id()));
        removal.start();
        try {
            await().atMost(Duration.ofSeconds(25)).until(() -> !removal.isAlive());
        } finally {
            firstRemovesUntil = 0;
            removal.join();
        }
        assertThat(first.replays().all()).isEmpty();
        await().atMost(REACHES_ALL).until(() -> second.replays().all().isEmpty());
    }

    /** The first process has a record of each conversation in work. */
    private List<InboxRecord> workOnEachConversation() {
        List<InboxRecord> working = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            first.append(List.of(record("first", i))).join();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            InboxRecord next = firstHandlers.next(Lane.CHANGES, WAIT);
            if (next != null) {
                working.add(next);
            }
            return working.size() == CONVERSATIONS;
        });
        return working;
    }

    /** A process that joins gets its part when nothing of it is in work any more. */
    @Test
    void giveSharesBackInOrder() throws Exception {
        second.close();
        List<InboxRecord> working = workOnEachConversation();
        for (int i = CONVERSATIONS; i < 2 * CONVERSATIONS; i++) {
            first.append(List.of(record("first", i))).join();
        }
        second = open(connect("second again"), InboxObserver.NONE);
        secondHandlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        assertThat(secondHandlers.next(Lane.CHANGES, Duration.ofSeconds(4)))
                .as("while all conversations are in work")
                .isNull();
        for (InboxRecord next : working) {
            assertThat(firstHandlers.owns(next)).isTrue();
            firstHandlers.done(next, new Outcome.Completed());
        }
        InboxRecord given = secondHandlers.next(Lane.CHANGES, Duration.ofSeconds(10));
        assertThat(given).isNotNull();
        secondHandlers.done(given, new Outcome.Completed());
        List<Thread> workers = workOn(firstHandlers, secondHandlers);
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() >= CONVERSATIONS - 1);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(CONVERSATIONS - 1).doesNotHaveDuplicates().doesNotContain(name(given));
        assertThat(disowned).hasValue(0);
    }

    /** The reader looks at one share after the other, and one that is given back meanwhile is not read any more. */
    @Test
    void readNothingOfAShareThatIsGivenBackMeanwhile() throws Exception {
        second.close();
        firstHandlers.pause();
        for (int i = 0; i < CONVERSATIONS; i++) {
            first.append(List.of(record("first", i))).join();
        }
        CyclicBarrier reader = new CyclicBarrier(2);
        long renewed = firstRenewals.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> firstRenewals.get() > renewed + 1);
        firstReader = reader;
        firstHandlers.resume();
        reader.await();
        second = open(connect("second again"), InboxObserver.NONE);
        secondHandlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        List<String> seconds = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> seconds.addAll(taken(secondHandlers)));
        reader.await();
        List<String> firsts = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            firsts.addAll(taken(firstHandlers));
            seconds.addAll(taken(secondHandlers));
            return firsts.size() + seconds.size() >= CONVERSATIONS;
        });
        assertThat(firsts).doesNotContainAnyElementsOf(seconds);
    }

    /** Held records of the other shares are loaded again, although nobody works on their conversations. */
    @Test
    void goOnWithWhatIsHeldWhereOtherSharesAreGivenBack() throws Exception {
        second.close();
        int count = HELD_CONVERSATIONS * 25;
        for (int i = 0; i < count; i++) {
            int number = i % HELD_CONVERSATIONS + CONVERSATIONS * (i / HELD_CONVERSATIONS);
            first.append(List.of(record("first", number))).join();
        }
        long renewed = firstRenewals.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> firstRenewals.get() > renewed + 1);
        long told = firstSurpluses.get();
        second = open(connect("second again"), InboxObserver.NONE);
        secondHandlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        await().atMost(Duration.ofSeconds(20)).until(() -> firstSurpluses.get() > told);
        long given = firstRenewals.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> firstRenewals.get() > given + 1);
        List<Thread> workers = workOn(firstHandlers, secondHandlers);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(handled).hasSize(count));
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(count).doesNotHaveDuplicates();
    }

    /** A consumer that is opened late begins nothing of the shares that wait for the others to come to rest. */
    @Test
    void giveSharesBackWhileAnotherConsumerIsOpened() throws Exception {
        second.close();
        List<InboxRecord> working = workOnEachConversation();
        second = open(connect("second again"), InboxObserver.NONE);
        secondHandlers = second.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        long told = firstSurpluses.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> firstSurpluses.get() > told + 1);
        ConsumerDefinition late = new ConsumerDefinition("late", "late", true);
        Consumer firstLate = first.open(late, Start.OLDEST);
        Consumer secondLate = second.open(late, Start.OLDEST);
        List<String> firsts = taken(firstLate);
        working.forEach(next -> firstHandlers.done(next, new Outcome.Completed()));
        List<String> seconds = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            seconds.addAll(taken(secondLate));
            return firsts.size() + seconds.size() >= CONVERSATIONS;
        });
        assertThat(firsts).doesNotContainAnyElementsOf(seconds);
    }

    /** What can be taken for now, one record of each conversation. */
    private static List<String> taken(Consumer consumer) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (InboxRecord next = consumer.next(Lane.CHANGES, WAIT);
                next != null;
                next = consumer.next(Lane.CHANGES, WAIT)) {
            names.add(name(next));
        }
        return names;
    }

    /** As after a process was frozen, or while it does not reach the store. */
    @Test
    void handNothingOutOnceTheLeaseMayHaveEnded() throws Exception {
        for (int i = 0; i < CONVERSATIONS; i++) {
            first.append(List.of(record("first", i))).join();
        }
        InboxRecord working = firstHandlers.next(Lane.CHANGES, Duration.ofSeconds(10));
        assertThat(working).isNotNull();
        assertThat(firstHandlers.owns(working)).isTrue();
        firstIsCutOff = true;
        await().atMost(Store.LEASE_LENGTH.plusSeconds(3)).until(() -> !firstHandlers.owns(working));
        for (int i = CONVERSATIONS; i < 2 * CONVERSATIONS; i++) {
            second.append(List.of(record("second", i))).join();
        }
        assertThat(firstHandlers.next(Lane.CHANGES, Duration.ofSeconds(1))).isNull();
    }

    /** Gauges are added up over all processes, so of two that report one value would count double. */
    @Test
    void reportNothingOnceTheLeaseMayHaveEnded() throws Exception {
        second.close();
        await().atMost(Duration.ofSeconds(10)).until(first::isReporter);
        second = open(connect("third"), InboxObserver.NONE);
        firstIsCutOff = true;
        await().atMost(Store.LEASE_LENGTH.plusSeconds(3)).until(() -> !first.isReporter());
    }

    /** Senders whose notifications reach both processes at the same moment, with their items in different orders. */
    @Test
    void storeAndHandleOnceWhatReachesBothAtTheSameMoment() throws Exception {
        List<Thread> workers = workOn(firstHandlers, firstHandlers, secondHandlers, secondHandlers);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        LongAdder stored = new LongAdder();
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = "sender " + sender;
            CyclicBarrier together = new CyclicBarrier(2);
            for (StoredInbox inbox : List.of(first, second)) {
                senders.add(new Thread(() -> {
                    try {
                        for (int from = 0; from < ITEMS_PER_SENDER; from += ITEMS_PER_NOTIFICATION) {
                            List<NewRecord> items = new ArrayList<>(IntStream.range(from, from + ITEMS_PER_NOTIFICATION)
                                    .mapToObj(item -> record(name, item))
                                    .toList());
                            if (inbox == second) {
                                Collections.reverse(items);
                            }
                            together.await();
                            stored.add(inbox.append(items).join().stored().cardinality());
                        }
                    } catch (Exception ex) {
                        failures.add(ex);
                        together.reset();
                    }
                }));
            }
        }
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        int items = SENDERS * ITEMS_PER_SENDER;
        assertThat(failures).isEmpty();
        assertThat(stored.sum()).isEqualTo(items);
        await().atMost(Duration.ofSeconds(40)).until(() -> handled.size() >= items);
        first.close();
        second.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handled).hasSize(items).doesNotHaveDuplicates();
    }

    private List<Thread> workOn(Consumer... consumers) {
        List<Thread> workers = new ArrayList<>();
        for (Consumer consumer : consumers) {
            workers.add(new Thread(() -> work(consumer)));
        }
        workers.forEach(Thread::start);
        return workers;
    }

    /** Ends when the consumer is closed and nothing comes any more. */
    private void work(Consumer consumer) {
        try {
            int silence = 0;
            while (silence < 50 && !Thread.currentThread().isInterrupted()) {
                InboxRecord next = consumer.next(Lane.CHANGES, WAIT);
                if (next == null) {
                    silence++;
                    continue;
                }
                silence = 0;
                if (!busy.add(next.conversation())) {
                    busyTwice.add(next.conversation());
                }
                handled.add(name(next));
                busy.remove(next.conversation());
                consumer.done(next, new Outcome.Completed());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private NewRecord record(String appender, int number) {
        String conversation = String.valueOf(number % CONVERSATIONS);
        String name = appender + " " + conversation + " " + number;
        return new NewRecord(
                IdempotencyKey.of(0, String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII)),
                "default",
                "messages",
                null,
                Lane.CHANGES,
                conversation,
                null,
                null,
                List.of(USER),
                clock.instant(),
                name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(InboxRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8).trim();
    }
}
