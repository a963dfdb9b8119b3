package dev.ackbox.benchmark;

import java.nio.ByteBuffer;

/** Requests, ready to be sent, one behind the other in memory of the operating system. */
final class Requests {

    private final ByteBuffer bytes;
    private final int[] ends;
    private int size;

    Requests(int capacity, int maxBytesOfOne) {
        this.bytes = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, maxBytesOfOne));
        this.ends = new int[capacity];
    }

    void add(byte[] request) {
        bytes.put(request);
        ends[size++] = bytes.position();
    }

    int size() {
        return size;
    }

    /** A view over all of them, to be given to {@link #select}. */
    ByteBuffer view() {
        return bytes.duplicate();
    }

    /** Narrows a view to one request. */
    void select(int index, ByteBuffer view) {
        view.limit(ends[index]).position(index == 0 ? 0 : ends[index - 1]);
    }
}
