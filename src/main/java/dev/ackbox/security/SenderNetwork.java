package dev.ackbox.security;

import inet.ipaddr.IPAddress;

/**
 * Whom an address is to be counted with: alone where it is IPv4; with its /64 where it is IPv6, of which one attacker has as
 * many addresses as he likes.
 *
 * @param name tells it from others
 */
public record SenderNetwork(String name) {

    /** Of an address as {@code ServletRequest.getRemoteAddr()} gives it; any other text, and IPv4, is a network of its own. */
    public static SenderNetwork of(String address) {
        IPAddress read = address.indexOf(':') < 0 ? null : Addresses.read(address);
        if (read == null) {
            return new SenderNetwork(address);
        }
        return new SenderNetwork((read.isIPv4() ? read : read.toPrefixBlock(64)).toCanonicalString());
    }
}
