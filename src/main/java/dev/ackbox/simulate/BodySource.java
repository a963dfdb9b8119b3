package dev.ackbox.simulate;

import java.time.Instant;

/** Makes the bodies of a run, one after the other. For one thread. */
@FunctionalInterface
interface BodySource {

    /** The next body, about what happened at a time. */
    byte[] next(Instant time);
}
