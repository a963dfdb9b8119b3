package dev.ackbox.inbox;

import org.jspecify.annotations.Nullable;

/**
 * How much room an inbox takes. What its storage cannot tell is absent.
 *
 * @param bytes size of the database
 * @param reusableBytes of these, what is free for new records
 * @param logBytes in use of its write-ahead log
 * @param freeBytes what is left on the disk
 * @param sweeping whether something that was erased may still be in the files
 */
public record StorageUse(
        long bytes,
        @Nullable Long reusableBytes,
        @Nullable Long logBytes,
        @Nullable Long freeBytes,
        @Nullable Boolean sweeping) {}
