package dev.ackbox.http;

/** A request is refused before its body was read to the end. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    RefusedException(Outcome outcome) {
        // No stack trace: this is an answer, and under a flood of them it has to be cheap.
        super(outcome.name(), null, false, false);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
