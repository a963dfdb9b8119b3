package dev.ackbox.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ackbox.security.SenderNetwork;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What the addresses that send have shown of themselves. Whoever sent something genuine is never limited. Whoever sends much
 * that is refused has to make do with a small part of the memory for bodies, and can no longer guess verify tokens. What is
 * refused is counted by a bucket of tokens for each network.
 */
final class Senders {

    /** How long an address counts as one that sends what is genuine. */
    private static final Duration PROVEN_FOR = Duration.ofHours(1);

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    /** Those that were heard of least recently are forgotten. */
    private static final int MOST_ADDRESSES = 100_000;

    /** What an address has shown of itself. */
    enum Standing {
        /** It sent something genuine of late. */
        PROVEN,
        /** Nothing is known of it, or nothing much. */
        UNKNOWN,
        /** It sent more that was refused than may be. */
        SUSPECT
    }

    private final int refusalsPerMinute;
    private final TimeMeter meter;
    private final Cache<String, Boolean> proven;
    private final Cache<SenderNetwork, Bucket> refused;

    Senders(int refusalsPerMinute, Clock clock) {
        this.refusalsPerMinute = refusalsPerMinute;
        Ticker ticker = () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        this.meter = new ClockMeter(ticker);
        this.proven = cache(PROVEN_FOR, ticker);
        this.refused = cache(FORGOTTEN_AFTER, ticker);
    }

    private static <K, V> Cache<K, V> cache(Duration unusedFor, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(unusedFor)
                .ticker(ticker)
                .executor(Runnable::run) // the little upkeep costs less than waking another thread
                .build();
    }

    private record ClockMeter(Ticker ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.read();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    Standing standingOf(String address) {
        if (proven.getIfPresent(address) != null) {
            return Standing.PROVEN;
        }
        Bucket bucket = refused.getIfPresent(SenderNetwork.of(address));
        return bucket == null || bucket.getAvailableTokens() > 0 ? Standing.UNKNOWN : Standing.SUSPECT;
    }

    /** Something genuine came. */
    void proven(String address) {
        if (proven.getIfPresent(address) == null) {
            proven.put(address, true);
        }
    }

    /** Something came that was refused. */
    void refused(String address) {
        refused.get(SenderNetwork.of(address), network -> fullBucket()).tryConsume(1);
    }

    private Bucket fullBucket() {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(refusalsPerMinute).refillGreedy(refusalsPerMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(meter)
                .build();
    }
}
