package dev.ackbox.dispatch;

/**
 * A handler at work. Either its own thread ends it, or the watch abandons it when its time is up; whichever comes first
 * goes on with the attempt.
 */
final class HandlerCall {

    private enum State {
        RUNNING,
        RETURNED,
        ABANDONED
    }

    private final Attempt attempt;
    private final RegisteredHandler handler;
    private final Thread thread = Thread.currentThread();
    private final long startNanos = System.nanoTime();
    private State state = State.RUNNING;

    HandlerCall(Attempt attempt, RegisteredHandler handler) {
        this.attempt = attempt;
        this.handler = handler;
    }

    Attempt attempt() {
        return attempt;
    }

    RegisteredHandler handler() {
        return handler;
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    /** Called by the handler's own thread. Returns false where the call was abandoned: the attempt is no longer its own. */
    synchronized boolean returned() {
        // Under the same lock as the interruption, so that it cannot hit what this thread does next.
        Thread.interrupted();
        if (state != State.RUNNING) {
            return false;
        }
        state = State.RETURNED;
        return true;
    }

    /** Interrupts the handler. */
    synchronized void interrupt() {
        if (state == State.RUNNING) {
            thread.interrupt();
        }
    }

    /** Interrupts the handler and takes the attempt away from its thread. Returns false where it had just returned. */
    synchronized boolean abandon() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.ABANDONED;
        thread.interrupt();
        return true;
    }
}
