package dev.ackbox.security;

import java.util.List;

/** Ranges of one family, in order and apart from each other, laid out for a binary search. */
final class SortedRanges {

    /** Per range: the first address, high and low half, and the last one. */
    private static final int STRIDE = 4;

    private final long[] halves;

    /** Takes ranges that are sorted and neither overlap nor touch. */
    SortedRanges(List<AddressRange> ranges) {
        this.halves = new long[ranges.size() * STRIDE];
        int at = 0;
        for (AddressRange range : ranges) {
            halves[at++] = range.first().high();
            halves[at++] = range.first().low();
            halves[at++] = range.last().high();
            halves[at++] = range.last().low();
        }
    }

    int size() {
        return halves.length / STRIDE;
    }

    boolean contains(IpAddress address) {
        int from = 0;
        int to = size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (compare(address, middle * STRIDE) < 0) {
                to = middle - 1;
            } else if (compare(address, middle * STRIDE + 2) > 0) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private int compare(IpAddress address, int at) {
        return IpAddress.compare(address.high(), address.low(), halves[at], halves[at + 1]);
    }
}
