package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a feed makes of pages and of commits, in whatever order it learns of them. */
class FeedTests {

    private static final int MAX_RECORDS = 4;

    private final Conversations conversations = new Conversations(Lease.endless());
    private final LaneQueue lane =
            new LaneQueue(Lane.CHANGES, new HandOverBounds(MAX_RECORDS, 1 << 20), conversations, null);
    private final Cursor cursor = new Cursor(new LaneProgress(0, List.of()));
    private final Feed feed = new Feed(lane, cursor, Long.MAX_VALUE, false);
    private final List<Long> accepted = new ArrayList<>();

    @Test
    void followsBehindTheLastPage() {
        assertThat(feed.wantsPage()).isTrue();
        read(page(2, 1, 2));
        assertThat(feed.follows()).isTrue();
        store(2, 3);
        assertThat(accepted).containsExactly(1L, 2L, 3L);
        assertThat(feed.wantsPage()).isFalse();
    }

    @Test
    void givesARecordOnceThatItHasReadBeforeItIsToldOfIt() {
        feed.startReading();
        feed.read(page(1, 1), Long.MAX_VALUE, this::accept);
        store(0, 1);
        assertThat(accepted).containsExactly(1L);
        assertThat(feed.follows()).isTrue();
    }

    @Test
    void givesWhatIsStoredDuringTheLastRead() {
        feed.startReading();
        store(1, 2);
        store(2, 3);
        feed.read(page(1, 1), Long.MAX_VALUE, this::accept);
        assertThat(accepted).containsExactly(1L, 2L, 3L);
        assertThat(cursor.readThrough()).isEqualTo(3);
    }

    @Test
    void givesWhatIsInTheLastPageAndStoredDuringItsReadOnce() {
        feed.startReading();
        store(1, 2);
        feed.read(page(2, 1, 2), Long.MAX_VALUE, this::accept);
        assertThat(accepted).containsExactly(1L, 2L);
        assertThat(feed.follows()).isTrue();
    }

    @Test
    void readsOnWhereMoreWasStoredDuringTheReadThanItKeeps() {
        feed.startReading();
        store(1, LongStream.rangeClosed(2, 600).toArray());
        feed.read(page(1, 1), Long.MAX_VALUE, this::accept);
        assertThat(feed.follows()).isFalse();
        assertThat(cursor.readThrough()).isEqualTo(1);
    }

    @Test
    void keepsNothingOfAReadThatFailed() {
        feed.startReading();
        store(0, 1);
        feed.stopReading();
        store(1, 2);
        assertThat(accepted).isEmpty();
        read(page(2, 1, 2));
        assertThat(accepted).containsExactly(1L, 2L);
    }

    @Test
    void stopsFollowingWhereThereIsNoRoom() {
        read(page(0));
        store(0, 1, 2, 3, 4, 5, 6);
        assertThat(accepted).containsExactly(1L, 2L, 3L, 4L);
        assertThat(feed.follows()).isFalse();
        assertThat(cursor.readThrough()).as("where it reads on").isEqualTo(4);
    }

    @Test
    void stopsFollowingWhereItWasNotToldOfACommit() {
        read(page(0));
        store(1, 2);
        assertThat(accepted).isEmpty();
        assertThat(feed.wantsPage()).isTrue();
    }

    @Test
    void goesPastTheRecordsOfOtherLanes() {
        read(page(0));
        feed.stored(List.of(), 0, 7, this::accept);
        assertThat(cursor.position()).isEqualTo(7);
    }

    /** Another process has begun to write record 2, and may end that later than those that follow. */
    @Test
    void goesOnBeyondWhatIsDecided() {
        read(cut(1, 1, 3));
        assertThat(feed.wantsPage()).isTrue();
        assertThat(feed.readAfter()).isEqualTo(3);
        read(page(1, 4));
        assertThat(accepted).containsExactly(1L, 3L, 4L);
        assertThat(cursor.position()).as("1 is open").isZero();
        cursor.close(1);
        assertThat(cursor.position()).isEqualTo(1);
        assertThat(feed.readAfter()).as("where 2 may appear").isEqualTo(1);
    }

    /** Record 2 appears after the first page and is decided in the second one, which begins behind it. */
    @Test
    void readsAgainWhatWasDecidedBelowWhereAPageBegan() {
        read(cut(1, 1, 3));
        read(page(4, 4));
        assertThat(feed.wantsPage()).isTrue();
        assertThat(feed.readAfter()).isEqualTo(1);
        read(page(4, 2, 3, 4));
        assertThat(accepted).containsExactly(1L, 3L, 4L, 2L);
        assertThat(cursor.readThrough()).isEqualTo(4);
    }

    @Test
    void goesOnBehindWhatIsDoneBeyondWhatIsDecided() {
        Feed later = new Feed(
                lane, new Cursor(new LaneProgress(1, List.of(new LaneProgress.Range(3, 500)))), Long.MAX_VALUE, false);
        assertThat(later.readLimit()).isEqualTo(2);
        later.startReading();
        assertThat(later.read(page(1), 2, this::accept)).isTrue();
        assertThat(later.wantsPage()).isTrue();
        assertThat(later.readAfter()).isEqualTo(500);
        assertThat(later.readLimit()).isEqualTo(Long.MAX_VALUE);
        later.startReading();
        later.read(page(1, 501), Long.MAX_VALUE, this::accept);
        assertThat(accepted).containsExactly(501L);
        assertThat(later.readAfter()).as("where 2 may appear").isEqualTo(1);
    }

    @Test
    void saysWhetherAPageHasBroughtItOn() {
        read(page(1, 1));
        feed.startReading();
        assertThat(feed.read(page(1), Long.MAX_VALUE, this::accept)).isFalse();
        feed.startReading();
        assertThat(feed.read(page(2), Long.MAX_VALUE, this::accept)).isTrue();
    }

    @Test
    void handsOverWhatIsPendingInTheOrderOfTheTail() {
        Feed tailed = tailed();
        tailed.stored(records(2), 0, 0, this::accept);
        assertThat(accepted).isEmpty();
        assertThat(tailed.wantsTail()).isTrue();
        tailed.startReading();
        Set<Long> known = new HashSet<>();
        tailed.addKnown(known, 100);
        assertThat(known).containsExactly(2L);
        List<InboxRecord> found = tailed.newOf(List.of(item(1, true), item(2, false), item(9, true)), 8);
        assertThat(found).extracting(next -> next.id().value()).containsExactly(1L, 2L);
    }

    /** It was stored after the tail was asked for, so it is no answer to what came before it. */
    @Test
    void keepsWhatIsStoredMeanwhilePending() {
        Feed tailed = tailed();
        tailed.startReading();
        tailed.stored(records(1), 0, 0, this::accept);
        tailed.read(page(0), Long.MAX_VALUE, this::accept);
        assertThat(accepted).isEmpty();
        assertThat(tailed.wantsTail()).isTrue();
    }

    @Test
    void knowsWhatIsHandedOverAndNotDecided() {
        Feed tailed = tailed();
        tailed.startReading();
        tailed.read(page(0, 3, 4), Long.MAX_VALUE, this::accept);
        cursor.close(4);
        Set<Long> known = new HashSet<>();
        tailed.addKnown(known, 100);
        assertThat(known).containsExactlyInAnyOrder(3L, 4L);
        assertThat(tailed.newOf(List.of(item(3, false), item(4, false)), Long.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void readsAPageWhereAPayloadIsMissingOrThereIsNoRoom() {
        Feed tailed = tailed();
        tailed.startReading();
        assertThat(tailed.newOf(List.of(item(1, false)), Long.MAX_VALUE)).isNull();
        assertThat(tailed.newOf(
                        LongStream.rangeClosed(1, MAX_RECORDS + 1)
                                .mapToObj(id -> item(id, true))
                                .toList(),
                        Long.MAX_VALUE))
                .isNull();
        tailed.readByPages();
        assertThat(tailed.wantsTail()).isFalse();
        assertThat(tailed.canReadTail()).isFalse();
        assertThat(tailed.wantsPage()).isTrue();
        tailed.startReading();
        tailed.read(page(1, 1), Long.MAX_VALUE, this::accept);
        assertThat(tailed.wantsPage()).isFalse();
        assertThat(tailed.canReadTail()).isTrue();
    }

    /** Follows from the beginning on. */
    private Feed tailed() {
        Feed tailed = new Feed(lane, cursor, Long.MAX_VALUE, true);
        assertThat(tailed.wantsTail()).isTrue();
        tailed.startReading();
        tailed.read(page(0), Long.MAX_VALUE, this::accept);
        assertThat(tailed.follows()).isTrue();
        assertThat(tailed.wantsTail()).isFalse();
        return tailed;
    }

    private static Tail.Item item(long id, boolean hasPayload) {
        return new Tail.Item(
                id, new Part(0, Lane.CHANGES), hasPayload ? records(id).get(0) : null);
    }

    private void read(Page page) {
        feed.startReading();
        feed.read(page, Long.MAX_VALUE, this::accept);
    }

    private void store(long after, long... ids) {
        feed.stored(records(ids), after, ids[ids.length - 1], this::accept);
    }

    private void accept(Feed to, InboxRecord next) {
        long id = next.id().value();
        accepted.add(id);
        cursor.open(id);
        ShareProgress share = new ShareProgress("handlers", new Share(0, 1), new Progress(Map.of(), 0, 0));
        lane.add(new Taken(next, share, conversations.queue(next.conversation(), lane, share), false));
    }

    private static Page page(long through, long... ids) {
        return new Page(records(ids), List.of(), List.of(), through, false);
    }

    private static Page cut(long through, long... ids) {
        return new Page(records(ids), List.of(), List.of(), through, true);
    }

    private static List<InboxRecord> records(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> new InboxRecord(
                        new InboxRecordId(id),
                        IdempotencyKey.of(id, new byte[16]),
                        "default",
                        "messages",
                        Lane.CHANGES,
                        id,
                        Instant.EPOCH,
                        new byte[10],
                        0,
                        Set.of()))
                .toList();
    }
}
