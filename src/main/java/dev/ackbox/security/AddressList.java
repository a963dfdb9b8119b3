package dev.ackbox.security;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

    private final SortedRanges four;
    private final SortedRanges six;

    private AddressList(List<AddressRange> merged) {
        this.four = ranges(merged, true);
        this.six = ranges(merged, false);
    }

    private static SortedRanges ranges(List<AddressRange> merged, boolean four) {
        return new SortedRanges(
                merged.stream().filter(range -> range.first().four() == four).collect(Collectors.toList()));
    }

    /**
     * A list from settings.
     *
     * @param ranges addresses or ranges such as {@code 192.0.2.0/24} and {@code 2001:db8::/32}
     * @throws IllegalArgumentException if there is none, or one is wrong; the message says which (counted from 1) and why
     */
    public static AddressList of(List<String> ranges) {
        List<AddressRange> read = new ArrayList<>(ranges.size());
        for (String range : ranges) {
            try {
                read.add(AddressRange.parse(range.strip()));
            } catch (MalformedTextException ex) {
                throw new IllegalArgumentException("range " + (read.size() + 1) + ": " + ex.reason(), ex);
            }
        }
        return ofRanges(read);
    }

    static AddressList ofRanges(List<AddressRange> ranges) {
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("'ranges' must not be empty");
        }
        return new AddressList(merged(ranges));
    }

    private static List<AddressRange> merged(List<AddressRange> ranges) {
        List<AddressRange> sorted = new ArrayList<>(ranges);
        sorted.sort(AddressRange.BY_FIRST);
        List<AddressRange> merged = new ArrayList<>();
        AddressRange open = sorted.get(0);
        for (AddressRange range : sorted) {
            AddressRange joined = open.joined(range);
            if (joined == null) {
                merged.add(open);
            }
            open = joined == null ? range : joined;
        }
        merged.add(open);
        return merged;
    }

    /**
     * Whether the address lies in one of the ranges. Never asks a name service, never throws.
     *
     * @param address a literal IPv4 or IPv6 address as {@code ServletRequest.getRemoteAddr()} gives it; anything else (a
     *     name, a zone, a port, brackets, nothing) is in no list
     */
    public boolean contains(@Nullable String address) {
        IpAddress read = address == null ? null : AddressText.read(address);
        return read != null && (read.four() ? four : six).contains(read);
    }

    /** Whether the text is a literal address, as {@link #contains} takes it. Never asks a name service, never throws. */
    public static boolean isAddress(String text) {
        return AddressText.read(text) != null;
    }

    /** How many separate ranges of IPv4 there are, after those that overlap or touch have become one. */
    public int ipv4Ranges() {
        return four.size();
    }

    /** How many separate ranges of IPv6 there are, after those that overlap or touch have become one. */
    public int ipv6Ranges() {
        return six.size();
    }

    @Override
    public String toString() {
        return "AddressList[" + ipv4Ranges() + " ranges of IPv4, " + ipv6Ranges() + " of IPv6]";
    }
}
