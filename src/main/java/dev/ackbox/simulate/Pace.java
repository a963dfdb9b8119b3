package dev.ackbox.simulate;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** When the notifications of a run go out. For one thread. */
interface Pace {

    /** Time until the next notification is due. */
    Duration untilNext();

    /**
     * Waits until the next notification may go out.
     *
     * @param outstanding of which one permit is taken
     * @return the {@link System#nanoTime} from which the latency of its answer counts
     */
    long awaitTurn(Semaphore outstanding) throws InterruptedException;
}
