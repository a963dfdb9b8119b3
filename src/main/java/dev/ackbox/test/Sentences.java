package dev.ackbox.test;

import java.time.Instant;

/** Says how a record stands. */
final class Sentences {

    private Sentences() {}

    static String of(HandledRecord record, Instant now) {
        String name = "record " + record.id() + " (" + record.field() + ")";
        return switch (record.state()) {
            case HANDLED -> name + " is handled";
            case DEAD -> name + " is a dead letter after attempt " + record.attempts() + ": " + record.reason();
            case IN_WORK -> name + " is in attempt " + record.attempts();
            case FAILED ->
                name + " failed in attempt " + record.attempts() + " and is tried again at " + record.nextAttempt()
                        + ", while the clock stands at " + now + ": " + record.reason();
        };
    }
}
