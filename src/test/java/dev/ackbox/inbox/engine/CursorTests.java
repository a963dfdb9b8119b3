package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.LaneProgress.Range;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CursorTests {

    private Cursor cursor = new Cursor(new LaneProgress(0, List.of()));

    @Test
    void thePositionIsBeforeTheFirstOpenRecord() {
        read(1, 2, 3);
        assertThat(cursor.position()).isZero();
        cursor.close(1);
        assertThat(cursor.position()).isEqualTo(1);
        cursor.close(3);
        assertThat(cursor.position()).isEqualTo(1);
        assertThat(cursor.progress().completed()).containsExactly(new Range(3, 3));
        cursor.close(2);
        assertThat(cursor.progress()).isEqualTo(new LaneProgress(3, List.of()));
    }

    @Test
    void thePositionGoesPastTheRecordsOfOtherLanes() {
        read(1, 5);
        cursor.advance(9);
        cursor.close(1);
        assertThat(cursor.position()).isEqualTo(4);
        cursor.close(5);
        assertThat(cursor.position()).isEqualTo(9);
    }

    @Test
    void idsOfOtherLanesDoNotPartARange() {
        read(1, 3, 5, 7);
        cursor.close(3);
        cursor.close(7);
        cursor.close(5);
        assertThat(cursor.progress().completed()).containsExactly(new Range(3, 7));
    }

    @Test
    void anOpenRecordPartsTwoRanges() {
        read(1, 2, 3, 4);
        cursor.close(2);
        cursor.close(4);
        assertThat(cursor.progress().completed()).containsExactly(new Range(2, 2), new Range(4, 4));
    }

    @Test
    void aRecordIsClosedOnce() {
        read(1);
        assertThat(cursor.close(1)).isTrue();
        assertThat(cursor.close(1)).isFalse();
    }

    @Test
    void afterARestartItReadsWhatIsNotDoneAndNothingElse() {
        cursor = new Cursor(new LaneProgress(3, List.of(new Range(6, 8), new Range(12, 12))));
        assertThat(cursor.readThrough()).isEqualTo(3);
        assertThat(cursor.readLimit(cursor.readThrough(), 1)).isEqualTo(5);
        assertThat(cursor.isKnown(3)).isTrue();
        assertThat(cursor.isKnown(5)).isFalse();
        assertThat(cursor.isKnown(7)).isTrue();
        cursor.advance(5);
        assertThat(cursor.readThrough()).isEqualTo(8);
        assertThat(cursor.readLimit(cursor.readThrough(), 1)).isEqualTo(11);
        assertThat(cursor.isReadAgain()).isFalse();
        cursor.advance(11);
        assertThat(cursor.readThrough()).isEqualTo(12);
        assertThat(cursor.readLimit(cursor.readThrough(), 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(cursor.isReadAgain()).isTrue();
    }

    @Test
    void aShortRangeIsReadOnceMore() {
        cursor = new Cursor(new LaneProgress(3, List.of(new Range(6, 8), new Range(12, 15))));
        assertThat(cursor.readLimit(3, 3)).isEqualTo(5);
        assertThat(cursor.readLimit(3, 4)).isEqualTo(11);
        assertThat(cursor.readLimit(3, 5)).isEqualTo(Long.MAX_VALUE);
        assertThat(cursor.knownBehind(5)).isEqualTo(8);
        assertThat(cursor.knownBehind(9)).isEqualTo(9);
    }

    @Test
    void aRangeBehindThePositionIsPartOfIt() {
        cursor = new Cursor(new LaneProgress(3, List.of(new Range(4, 6))));
        assertThat(cursor.position()).isEqualTo(6);
    }

    @Test
    void whatIsGivenBackBeforeAnOpenRecordIsReadAgain() {
        read(1, 2, 3);
        cursor.close(3);
        cursor.giveBack(1);
        assertThat(cursor.readThrough()).isZero();
        assertThat(cursor.isKnown(1)).isFalse();
        assertThat(cursor.isKnown(2)).as("still open").isTrue();
        assertThat(cursor.isReadAgain()).isFalse();
        cursor.close(2);
        assertThat(cursor.position()).isZero();
        assertThat(cursor.readLimit(cursor.readThrough(), 1)).isEqualTo(1);
        read(1);
        assertThat(cursor.readThrough()).isEqualTo(3);
        assertThat(cursor.isReadAgain()).isTrue();
        cursor.close(1);
        assertThat(cursor.progress()).isEqualTo(new LaneProgress(3, List.of()));
    }

    /** Against sets of ids, with everything that a consumer does in any order. */
    @Tag("slow")
    @Test
    void nothingIsLostOrReadTwiceWhateverHappens() {
        for (int seed = 0; seed < 50; seed++) {
            new Walk(seed).run();
        }
    }

    private void read(long... ids) {
        for (long id : ids) {
            cursor.open(id);
            cursor.advance(id);
        }
    }

    /** A consumer of a lane whose records are the odd ids and some others. */
    private static final class Walk {

        private static final int LAST = 200;

        private final Random random;
        private final TreeSet<Long> lane = new TreeSet<>();
        private final TreeSet<Long> open = new TreeSet<>();
        private final TreeSet<Long> done = new TreeSet<>();
        private Cursor cursor = new Cursor(new LaneProgress(0, List.of()));
        private String steps = "";

        Walk(int seed) {
            random = new Random(seed);
            for (long id = 1; id <= LAST; id++) {
                if (random.nextInt(3) > 0) {
                    lane.add(id);
                }
            }
            steps += "seed " + seed + ":";
        }

        void run() {
            for (int step = 0; step < 400; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> restart();
                    case 1, 2, 3 -> read();
                    case 4 -> giveBack();
                    default -> close();
                }
                check();
            }
            while (!done.containsAll(lane)) {
                read();
                while (!open.isEmpty()) {
                    close();
                }
                check();
            }
            assertThat(cursor.position()).as(steps).isGreaterThanOrEqualTo(lane.last());
            assertThat(cursor.ranges()).as(steps).isZero();
        }

        /** A page, of which some records are held in the store and so not opened. */
        private void read() {
            long after = cursor.readThrough();
            long through = Math.min(cursor.readLimit(cursor.readThrough(), 1), LAST);
            long to = Math.min(through, after + random.nextInt(30));
            steps += " read" + after + "-" + to;
            if (to <= after && through > after) {
                return;
            }
            for (long id : lane.subSet(Math.min(after, to), false, to, true)) {
                if (cursor.isKnown(id)) {
                    assertThat(open.contains(id) || done.contains(id)).as(steps).isTrue();
                } else {
                    assertThat(open.contains(id) || done.contains(id))
                            .as(steps + ": again " + id)
                            .isFalse();
                    if (random.nextInt(5) == 0) {
                        cursor.skip(id);
                        done.add(id);
                    } else {
                        cursor.open(id);
                        open.add(id);
                    }
                }
            }
            cursor.advance(to);
        }

        private void close() {
            if (!open.isEmpty()) {
                long id = any();
                steps += " close" + id;
                assertThat(cursor.close(id)).as(steps).isTrue();
                open.remove(id);
                done.add(id);
            }
        }

        private void giveBack() {
            for (int i = random.nextInt(3); i > 0 && !open.isEmpty(); i--) {
                long id = any();
                steps += " back" + id;
                cursor.giveBack(id);
                open.remove(id);
            }
        }

        private long any() {
            return List.copyOf(open).get(random.nextInt(open.size()));
        }

        private void restart() {
            steps += " restart";
            LaneProgress before = cursor.progress();
            LaneProgress after = ProgressFormat.fromBytes(ProgressFormat.toBytes(Map.of(Lane.STATUSES, before)))
                    .getOrDefault(Lane.STATUSES, new LaneProgress(0, List.of()));
            assertThat(after).as(steps).isEqualTo(before);
            cursor = new Cursor(after);
            open.clear();
        }

        private void check() {
            long position = cursor.position();
            assertThat(done).as(steps).containsAll(lane.headSet(position, true));
            long before = position;
            for (Range range : cursor.progress().completed()) {
                assertThat(range.first()).as(steps).isGreaterThan(before).isLessThanOrEqualTo(range.last());
                assertThat(done).as(steps).containsAll(lane.subSet(range.first(), true, range.last(), true));
                before = range.last();
            }
            for (long id : done) {
                assertThat(cursor.isKnown(id)).as(steps + ": known " + id).isTrue();
            }
        }
    }
}
