package dev.ackbox.security;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** All addresses from the first to the last; both of one family. */
record AddressRange(IpAddress first, IpAddress last) {

    static final Comparator<AddressRange> BY_FIRST = Comparator.comparing(AddressRange::first);

    private static final int MAPPED_BITS = 96;

    /**
     * Reads an address with a prefix length, or a bare one, which is a range of itself.
     *
     * @throws MalformedTextException if the text is no range; with the reason alone
     */
    static AddressRange parse(String text) throws MalformedTextException {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        IpAddress first = AddressText.read(address);
        if (first == null) {
            throw new MalformedTextException("expected an address or a range such as 192.0.2.0/24 or 2001:db8::/32"
                    + " (no names, no zones, no leading zeros in IPv4)");
        }
        return slash < 0
                ? new AddressRange(first, first)
                : of(first, length(text.substring(slash + 1), address.indexOf(':') >= 0 ? 128 : 32, first));
    }

    /** The prefix length in bits of the address's own family. */
    private static int length(String text, int width, IpAddress first) throws MalformedTextException {
        int length = AddressText.decimal(text, 0, text.length());
        if (length < 0 || length > width) {
            throw new MalformedTextException("expected a prefix length of 1 to " + width + " behind the slash");
        }
        return width > first.width() ? length - MAPPED_BITS : length;
    }

    private static AddressRange of(IpAddress first, int length) throws MalformedTextException {
        int free = first.width() - length;
        long low = ones(Math.min(free, 64));
        long high = ones(Math.max(free - 64, 0));
        if (length < 0 || (first.low() & low) != 0 || (first.high() & high) != 0) {
            // Most typing errors in a length show here: 31.13.24.0/2 for /21 would let a quarter of the world in.
            throw new MalformedTextException("the address has bits set behind the prefix length;"
                    + " give the first address of the range, or correct the length");
        }
        if (length == 0) {
            throw new MalformedTextException(
                    "a prefix length of 0 would let every address in; where that is wanted, use no list");
        }
        return new AddressRange(first, new IpAddress(first.four(), first.high() | high, first.low() | low));
    }

    private static long ones(int bits) {
        return bits == 64 ? -1 : (1L << bits) - 1;
    }

    /** Both as one, where they overlap or touch; the other does not begin before this one. */
    @Nullable
    AddressRange joined(AddressRange other) {
        if (first.four() != other.first.four()) {
            return null;
        }
        if (other.first.compareTo(last) > 0 && !other.first.equals(last.next())) {
            return null;
        }
        return new AddressRange(first, last.compareTo(other.last) >= 0 ? last : other.last);
    }
}
