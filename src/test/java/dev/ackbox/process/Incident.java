package dev.ackbox.process;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong.
 *
 * @param replica number of the replica that it happened to; absent where it happened to the database, and so to all of them
 * @param from when it began
 * @param to when it was over; of a killed process, when it was killed
 */
record Incident(Kind kind, @Nullable Integer replica, Instant from, Instant to) {

    /** So long after a call its outcome is durable, on a machine with other work. */
    private static final Duration UNTIL_DURABLE = Duration.ofSeconds(2);

    /** So long after an incident a replica may not know of it yet. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(2);

    enum Kind {
        KILL,
        STOP,
        FREEZE,
        DATABASE_STOP,
        DATABASE_CRASH;

        boolean isOfDatabase() {
            return this == DATABASE_STOP || this == DATABASE_CRASH;
        }

        /** Until others take them over. */
        boolean isOfAReplicaThatKeepsItsShares() {
            return this == KILL || this == FREEZE;
        }
    }

    /** Whether the outcome of a call may have been lost for this reason. */
    boolean mayLoseOutcomeOf(Call call) {
        return kind != Kind.STOP
                && (replica == null || replica == call.replica())
                && !call.end().isBefore(from.minus(UNTIL_DURABLE))
                && !call.begin().isAfter(to.plus(UNTIL_KNOWN));
    }

    /** Whether a lease may have ended during a call for this reason. */
    boolean mayEndLeaseDuring(Call call) {
        return kind != Kind.KILL && mayLoseOutcomeOf(call);
    }
}
