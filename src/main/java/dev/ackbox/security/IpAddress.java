package dev.ackbox.security;

/**
 * An address of 32 or of 128 bits. An IPv4 address that is mapped into IPv6 ({@code ::ffff:31.13.24.5}) is the IPv4
 * address: a listener for both families sees the one or the other, by the operating system's mood.
 *
 * @param four whether this is an IPv4 address
 * @param high the upper 64 bits; 0 for IPv4
 * @param low the lower 64 bits
 */
record IpAddress(boolean four, long high, long low) implements Comparable<IpAddress> {

    private static final long MAPPED = 0xffffL;

    static IpAddress ofFour(long bits) {
        return new IpAddress(true, 0, bits);
    }

    static IpAddress ofSix(long high, long low) {
        return high == 0 && low >>> 32 == MAPPED ? ofFour(low & 0xffff_ffffL) : new IpAddress(false, high, low);
    }

    int width() {
        return four ? 32 : 128;
    }

    /** The address that follows; not to be asked of the last one. */
    IpAddress next() {
        return new IpAddress(four, low == -1 ? high + 1 : high, low + 1);
    }

    /** IPv4 before IPv6, then by the bits. */
    @Override
    public int compareTo(IpAddress other) {
        return four == other.four ? compare(high, low, other.high, other.low) : Boolean.compare(other.four, four);
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int upper = Long.compareUnsigned(high, otherHigh);
        return upper != 0 ? upper : Long.compareUnsigned(low, otherLow);
    }
}
