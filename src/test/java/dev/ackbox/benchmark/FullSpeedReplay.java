package dev.ackbox.benchmark;

import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.Replay;
import dev.ackbox.inbox.Replays;

/** Has Ackbox replay all that it has stored, at the highest rate. */
final class FullSpeedReplay implements BackgroundWork {

    private final Replays replays;
    private final Replay replay;
    private final long begin = System.nanoTime();
    private double perSecond;
    private boolean isAtItsEnd;

    FullSpeedReplay(Replays replays) {
        this.replays = replays;
        System.err.println(java.time.LocalTime.now() + " START");
        this.replay = replays.start(RecordFilter.ALL, null, Replays.MAX_RATE, "{}");
        System.err.println(java.time.LocalTime.now() + " STARTED");
    }

    @Override
    public void close() {
        perSecond = replay.consumer().backlog().completed() * 1e9 / (System.nanoTime() - begin);
        System.err.println(java.time.LocalTime.now() + " ENDING");
        isAtItsEnd = !replay.isRunning();
        replays.remove(replay.id());
    }

    @Override
    public String result() {
        return "%,.0f records/s replayed%s".formatted(perSecond, isAtItsEnd ? ", until the end" : "");
    }
}
