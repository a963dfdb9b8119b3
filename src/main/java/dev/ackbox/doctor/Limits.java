package dev.ackbox.doctor;

import java.time.Duration;

/**
 * From when on a measurement is a finding.
 *
 * @param leastSpace free bytes on the disk
 * @param slowFsync of several, the fastest
 * @param slowAnswer to a signed notification; of several, the fastest
 */
record Limits(long leastSpace, Duration slowFsync, Duration slowAnswer) {

    /** The answer's is Meta's own wish (documented: "Throughput"). */
    static final Limits USUAL = new Limits(1L << 30, Duration.ofMillis(100), Duration.ofMillis(250));

    /** How often something is measured that is slow: once may be a pause of the machine. */
    static final int TRIES = 3;
}
