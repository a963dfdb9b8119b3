package dev.ackbox.dispatch;

import dev.ackbox.model.Change;

/** Decides before handlers are called whether a change of an endpoint is for them. Called by many threads at once. */
@FunctionalInterface
interface Screen {

    /** Lets everything through. */
    Screen OPEN = (endpoint, change) -> new Verdict.Handle();

    Verdict of(String endpoint, Change<?> change);

    /** What is to become of a change. */
    sealed interface Verdict {

        /** It goes to its handlers. */
        record Handle() implements Verdict {}

        /** Nobody wants it: it is completed without a handler. */
        record Skip() implements Verdict {}

        /**
         * It is set aside as a dead letter, since it should not have come here.
         *
         * @param reason why, without personal data
         */
        record Quarantine(String reason) implements Verdict {}
    }
}
