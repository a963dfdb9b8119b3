package dev.ackbox.dispatch;

/**
 * A handler at work. Either its own thread ends it, or it is abandoned when its time is up; whichever comes first goes on with the
 * attempt.
 */
final class HandlerCall {

    private enum State {
        RUNNING,
        RETURNED,
        ABANDONED
    }

    private final Attempt attempt;
    private final Invocation invocation;
    private final Workers workers;
    private final Thread thread = Thread.currentThread();
    private final long startNanos = System.nanoTime();
    private State state = State.RUNNING;
    private boolean interrupted;

    HandlerCall(Attempt attempt, Invocation invocation, Workers workers) {
        this.attempt = attempt;
        this.invocation = invocation;
        this.workers = workers;
    }

    Attempt attempt() {
        return attempt;
    }

    Invocation invocation() {
        return invocation;
    }

    /** The name of the handler. */
    String handler() {
        return invocation.handler().name();
    }

    /** Those whose thread it runs on. */
    Workers workers() {
        return workers;
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

    /** Interrupts the handler. Returns whether this was the first time. */
    synchronized boolean interrupt() {
        if (state != State.RUNNING) {
            return false;
        }
        thread.interrupt();
        boolean first = !interrupted;
        interrupted = true;
        return first;
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }

    /** Takes the attempt away from the handler's thread. Returns false where the handler had just returned. */
    synchronized boolean abandon() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.ABANDONED;
        return true;
    }
}
