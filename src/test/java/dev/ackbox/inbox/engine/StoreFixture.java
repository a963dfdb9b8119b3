package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.Delivery.State;
import dev.ackbox.test.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** An open store, and the words in which {@link StoreContract} speaks of it. An engine overrides what it has. */
public abstract class StoreFixture {

    protected static final Retention RETENTION =
            new Retention(Duration.ofDays(9), Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(20));

    protected static final String CONSUMER = "handlers";
    protected static final long CONVERSATION = 1;
    protected static final Set<Long> NONE = Set.of();
    protected static final int MANY = 1_000;
    protected static final long MUCH = 1L << 40;

    protected final MovableClock clock = new MovableClock();
    protected Store store;
    private long batch;

    /** Opens the store; a second call, after a close, opens the same one again. */
    protected abstract Store open() throws Exception;

    /** Opens the store for another process while this one uses it. */
    protected Store openSecond() throws Exception {
        return Assumptions.abort("One process uses this store at a time");
    }

    /** Has the leases of those end who do not renew them from now on. */
    protected void letLeasesEnd() {
        Assumptions.abort("One process uses this store at a time");
    }

    /** Begins a write that has its ids and is not visible yet; the result ends it. */
    protected Callable<Written> begin(Store writer, Batch next) throws Exception {
        return Assumptions.abort("Ids are visible in their order");
    }

    /**
     * Has the next write fail without telling whether it is durable.
     *
     * @param isDurable whether it is
     */
    protected void failNextCommit(boolean isDurable) {
        Assumptions.abort("Commits of this store do not fail in tests");
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
        store.hold();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected final void reopen() throws Exception {
        store.close();
        store = open();
        store.hold();
    }

    // Records.

    protected final HashedRecord record(String name) {
        return record(name, Lane.CHANGES, CONVERSATION);
    }

    protected final HashedRecord record(String name, Lane lane, long conversation) {
        return record(name, lane, conversation, name.getBytes(StandardCharsets.UTF_8));
    }

    protected final HashedRecord record(String name, Lane lane, long conversation, byte[] payload) {
        NewRecord appended = new NewRecord(
                key(name),
                "default",
                "messages",
                null,
                lane,
                "conversation " + conversation,
                "account",
                "phone number",
                List.of(),
                clock.instant(),
                payload);
        int share = Math.floorMod(conversation, store.shares());
        return new HashedRecord(appended, share, conversation, List.of((long) name.hashCode(), conversation));
    }

    protected static IdempotencyKey key(String name) {
        byte[] digest = String.format("%-20s", name).getBytes(StandardCharsets.US_ASCII);
        return IdempotencyKey.of(1_794_817_947L, digest);
    }

    protected static String name(InboxRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    protected static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    // Writing.

    protected final Written append(String... names) throws StoreException {
        return append(List.of(names));
    }

    protected final Written append(List<String> names) throws StoreException {
        return write(names.stream().map(this::record).toList());
    }

    protected final Written write(List<HashedRecord> records, Change... changes) throws StoreException {
        return store.write(batch(records, changes));
    }

    protected final Batch batch(List<HashedRecord> records, Change... changes) {
        return new Batch(++batch, records, List.of(changes));
    }

    /** Appends one and gives its id. */
    protected final long appendOne(String name) throws StoreException {
        return lastId(append(name));
    }

    protected static long lastId(Written written) {
        List<Written.Stored> stored = written.stored();
        return stored.get(stored.size() - 1).record().id().value();
    }

    protected static List<Long> ids(Written written) {
        return written.stored().stream()
                .map(stored -> stored.record().id().value())
                .toList();
    }

    // Consumers.

    protected final void define(String consumer) throws StoreException {
        store.define(new ConsumerDefinition(consumer, consumer, true), Start.OLDEST);
    }

    /** Takes all steps of forgetting a consumer. */
    protected final void removeAll(String consumer) throws StoreException {
        int steps = 0;
        while (store.remove(consumer, 2)) {
            assertThat(++steps).as("steps of forgetting a consumer").isLessThan(MANY);
        }
    }

    /** Gives a second process its part of the shares that the first one has. */
    public static void shareOut(Store first, Store second) throws StoreException {
        first.hold();
        second.hold();
        Holding holding = first.hold();
        for (Share share : holding.shares().stream().skip(holding.part()).toList()) {
            first.release(share);
        }
        second.hold();
    }

    protected final Share share() throws StoreException {
        return share(store, CONVERSATION);
    }

    /** The share of a conversation, as a process holds it. */
    protected static Share share(Store holder, long conversation) throws StoreException {
        return holder.hold().shares().stream()
                .filter(share -> share.number() == Math.floorMod(conversation, holder.shares()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The share is not held"));
    }

    /** A position in all lanes. */
    protected static Progress progress(long position, long completed) {
        Map<Lane, LaneProgress> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new LaneProgress(position, List.of()));
        }
        return new Progress(lanes, completed, 0);
    }

    protected final Change change(String consumer, Progress progress, Delivery... put) throws StoreException {
        return new Change(consumer, share(), progress, List.of(put), List.of());
    }

    /** The consumer's position is there; nothing is counted as completed. */
    protected final void pass(String consumer, long position) throws StoreException {
        write(List.of(), change(consumer, progress(position, 0)));
    }

    /** The consumer's position is behind the deliveries; nothing is counted as completed. */
    protected final void put(String consumer, Delivery... deliveries) throws StoreException {
        long position = Arrays.stream(deliveries).mapToLong(Delivery::id).max().orElse(0);
        write(List.of(), change(consumer, progress(position, 0), deliveries));
    }

    /** A delivery ends, since its record is completed. */
    protected final void complete(String consumer, long id, long position) throws StoreException {
        write(List.of(), new Change(consumer, share(), progress(position, 1), List.of(), List.of(id)));
    }

    protected final Delivery held(long id) {
        return delivery(id, State.HELD, null);
    }

    protected final Delivery retry(long id, Duration delay) {
        return delivery(id, State.RETRY, clock.instant().plus(delay));
    }

    protected final Delivery dead(long id) {
        return delivery(id, State.DEAD, null);
    }

    private Delivery delivery(long id, State state, @Nullable Instant notBefore) {
        int attempts = state == State.HELD ? 0 : 2;
        Set<String> succeeded = state == State.HELD ? Set.of() : Set.of("first handler", "second");
        String reason = state == State.HELD ? null : "not now";
        return new Delivery(
                id, Lane.CHANGES, CONVERSATION, state, attempts, notBefore, clock.instant(), succeeded, reason);
    }

    // Reading.

    protected final Page page(Lane lane) throws StoreException {
        return store.read(share(), lane, null, 0, Long.MAX_VALUE, MANY, MUCH);
    }

    /** Names of all records of a share that have their payload, in the order in which they are read. */
    protected final List<String> read(Share share, Lane lane, long after) throws StoreException {
        List<String> names = new ArrayList<>();
        Page page;
        do {
            page = store.read(share, lane, null, after, Long.MAX_VALUE, MANY, MUCH);
            page.records().forEach(next -> names.add(name(next)));
            after = page.through();
        } while (page.more());
        return names;
    }

    /** Names of all records of the usual conversation that have their payload. */
    protected final List<String> kept() throws StoreException {
        return read(share(), Lane.CHANGES, 0);
    }

    protected final List<String> due(String consumer) throws StoreException {
        return store.due(consumer, share(), Lane.CHANGES, clock.instant(), NONE, MANY, MUCH).records().stream()
                .map(StoreFixture::name)
                .toList();
    }

    /** When the oldest record was received that a consumer still has to work on. */
    protected final @Nullable Instant oldest(String consumer, Lane lane, long after) throws StoreException {
        return store.oldestWaiting(consumer, Map.of(new Part(share().number(), lane), after));
    }

    protected final List<String> heldOf(String consumer) throws StoreException {
        return store.held(consumer, share(), Lane.CHANGES, CONVERSATION, NONE, MANY, MUCH).records().stream()
                .map(StoreFixture::name)
                .toList();
    }

    protected static List<Share> inOrder(Set<Share> shares) {
        return shares.stream().sorted(Comparator.comparing(Share::number)).toList();
    }

    protected static Stream<Integer> numbers(Set<Share> shares) {
        return shares.stream().map(Share::number).sorted();
    }

    // Forgetting.

    /** Takes all steps that can be taken now. */
    protected final void forget() throws StoreException {
        forget(RETENTION);
    }

    protected final void forget(Retention retention) throws StoreException {
        int steps = 0;
        while (store.forget(retention, clock.instant())) {
            assertThat(++steps).as("steps of forgetting").isLessThan(100_000);
        }
    }

    /** Time goes by at a store that forgets every now and then. */
    protected final void live(Duration time) throws StoreException {
        live(time, RETENTION);
    }

    protected final void live(Duration time, Retention retention) throws StoreException {
        forget(retention);
        clock.advance(Duration.ofMinutes(2));
        forget(retention);
        clock.advance(time.minusMinutes(2));
        forget(retention);
    }
}
