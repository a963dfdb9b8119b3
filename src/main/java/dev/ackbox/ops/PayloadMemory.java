package dev.ackbox.ops;

import dev.ackbox.http.HttpProperties;
import dev.ackbox.inbox.InboxProperties;

/**
 * What payloads may take of a heap.
 *
 * @param bytes the bounds of payloads in memory, together
 * @param heapBytes what the process may have
 */
public record PayloadMemory(long bytes, long heapBytes) {

    private static final int LANES = 3;

    /** The rest is for Ackbox itself, for what is being read and written, and for handlers. */
    private static final double SHARE_OF_HEAP = 0.7;

    public static PayloadMemory of(HttpProperties http, InboxProperties inbox, long heapBytes) {
        return new PayloadMemory(
                http.bytesInFlight()
                        + inbox.maxBytesToWrite().toBytes()
                        + LANES * inbox.maxBytesInMemory().toBytes(),
                heapBytes);
    }

    public boolean isTooMuch() {
        return bytes > SHARE_OF_HEAP * heapBytes;
    }

    public long megabytes() {
        return bytes >> 20;
    }

    public long heapMegabytes() {
        return heapBytes >> 20;
    }
}
