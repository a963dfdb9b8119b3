package dev.ackbox.security;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads literal addresses, and ranges of them. Never asks a name service, which {@code InetAddress.getByName} does for text that it
 * does not recognise. Refused: zones, brackets, ports, blanks, digits of other scripts, and every form of IPv4 that some programs read
 * in one way and some in another (leading zeros, hexadecimal, fewer than four parts).
 */
final class Addresses {

    /** The library strips blanks, and takes stars and minus signs for ranges. */
    private static final Pattern CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAPPED_BITS = 96;
    private static final IPAddressStringParameters LITERAL = literal();

    private Addresses() {}

    private static IPAddressStringParameters literal() {
        IPAddressStringParameters.Builder literal = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowPrefix(false)
                .allowMask(false)
                .allowPrefixOnly(false)
                .allow_inet_aton(false)
                .allowWildcardedSeparator(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        literal.getIPv4AddressParametersBuilder().allowBinary(false).allowLeadingZeros(false);
        literal.getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .allowUnlimitedLeadingZeros(false);
        literal.getIPv6AddressParametersBuilder()
                .getEmbeddedIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowBinary(false)
                .allowLeadingZeros(false);
        return literal.toParams();
    }

    /** The address, as IPv4 where it is mapped into IPv6; absent where the text is none. */
    static @Nullable IPAddress read(String text) {
        IPAddress written = asWritten(text);
        return written != null && isMapped(written) ? written.toIPv6().getEmbeddedIPv4Address() : written;
    }

    private static @Nullable IPAddress asWritten(String text) {
        return CHARACTERS.matcher(text).matches() ? new IPAddressString(text, LITERAL).getAddress() : null;
    }

    private static boolean isMapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped();
    }

    /**
     * Reads an address with a prefix length, or a bare one, which is a range of itself.
     *
     * @throws MalformedTextException if the text is no range; with the reason alone
     */
    static IPAddress range(String text) throws MalformedTextException {
        int slash = text.indexOf('/');
        IPAddress written = asWritten(slash < 0 ? text : text.substring(0, slash));
        if (written == null) {
            throw new MalformedTextException("expected an address or a range such as 192.0.2.0/24 or 2001:db8::/32"
                    + " (no names, no zones, no leading zeros in IPv4)");
        }
        int length = slash < 0 ? written.getBitCount() : length(text.substring(slash + 1), written.getBitCount());
        if (isMapped(written)) {
            length -= MAPPED_BITS;
            written = written.toIPv6().getEmbeddedIPv4Address();
        }
        if (length < 0 || !written.toPrefixBlock(length).getLower().equals(written)) {
            // Most typing errors in a length show here: 31.13.24.0/2 for /21 would let a quarter of the world in.
            throw new MalformedTextException("the address has bits set behind the prefix length;"
                    + " give the first address of the range, or correct the length");
        }
        if (length == 0) {
            throw new MalformedTextException(
                    "a prefix length of 0 would let every address in; where that is wanted, use no list");
        }
        return written.toPrefixBlock(length);
    }

    /** The prefix length in bits of the address's own family. */
    private static int length(String text, int width) throws MalformedTextException {
        int length = LENGTH.matcher(text).matches() ? Integer.parseInt(text) : width + 1;
        if (length > width) {
            throw new MalformedTextException("expected a prefix length of 1 to " + width + " behind the slash");
        }
        return length;
    }
}
