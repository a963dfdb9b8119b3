package dev.ackbox.security;

import inet.ipaddr.IPAddress;
import inet.ipaddr.format.util.DualIPv4v6Tries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of addresses that may send. Immutable, never empty, and as fast with ten thousand ranges as with ten.
 *
 * <p>A match says that the sender is some machine of a network, never that a notification is genuine: the signature does.
 * IPv4 addresses that are mapped into IPv6 match as IPv4; no range of IPv6 matches an IPv4 address.
 *
 * @see AddressListFormat for files
 */
public final class AddressList {

    private final DualIPv4v6Tries ranges = new DualIPv4v6Tries();

    private AddressList(List<IPAddress> ranges) {
        ranges.forEach(this.ranges::add);
    }

    /**
     * A list from settings.
     *
     * @param ranges addresses or ranges such as {@code 192.0.2.0/24} and {@code 2001:db8::/32}
     * @throws IllegalArgumentException if there is none, or one is wrong; the message says which (counted from 1) and why
     */
    public static AddressList of(List<String> ranges) {
        List<IPAddress> read = new ArrayList<>(ranges.size());
        for (String range : ranges) {
            try {
                read.add(Addresses.range(range.strip()));
            } catch (MalformedTextException ex) {
                throw new IllegalArgumentException("range " + (read.size() + 1) + ": " + ex.getMessage(), ex);
            }
        }
        return ofRanges(read);
    }

    static AddressList ofRanges(List<IPAddress> ranges) {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("'ranges' must not be empty");
        }
        return new AddressList(ranges);
    }

    /**
     * Whether the address lies in one of the ranges. Never asks a name service, never throws.
     *
     * @param address a literal IPv4 or IPv6 address as {@code ServletRequest.getRemoteAddr()} gives it; anything else (a
     *     name, a zone, a port, brackets, nothing) is in no list
     */
    public boolean contains(@Nullable String address) {
        IPAddress read = address == null ? null : Addresses.read(address);
        return read != null && ranges.elementContains(read);
    }

    /** Whether the text is a literal address, as {@link #contains} takes it. Never asks a name service, never throws. */
    public static boolean isAddress(String text) {
        return Addresses.read(text) != null;
    }

    /** How many ranges it has; one that is listed twice counts once. */
    public int size() {
        return ranges.size();
    }

    /** Whether a range has a shorter prefix than these. */
    public boolean hasRangeWiderThan(int ipv4Prefix, int ipv6Prefix) {
        for (IPAddress range : ranges) {
            Integer prefix = range.getPrefixLength();
            if (prefix != null && prefix < (range.isIPv4() ? ipv4Prefix : ipv6Prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "AddressList[" + size() + " ranges]";
    }
}
