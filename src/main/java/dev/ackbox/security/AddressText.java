package dev.ackbox.security;

import org.jspecify.annotations.Nullable;

/**
 * Reads the text of an address. Takes literal addresses only and never asks a name service, which
 * {@code InetAddress.getByName} does for what it does not take for an address. Refused: zones, brackets, ports, blanks,
 * digits of other scripts, and every form of IPv4 that some programs read in one way and some in another (leading zeros,
 * hexadecimal, fewer than four parts).
 */
final class AddressText {

    private static final int LONGEST = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();
    private static final int GROUPS = 8;
    private static final int INVALID = -1;

    private final String text;
    private final int[] groups = new int[GROUPS];
    private int count;
    private int gap = INVALID;

    private AddressText(String text) {
        this.text = text;
    }

    /** The address; absent where the text is none. */
    static @Nullable IpAddress read(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.indexOf(':') >= 0) {
            return new AddressText(text).six();
        }
        long bits = four(text, 0);
        return bits == INVALID ? null : IpAddress.ofFour(bits);
    }

    /** The four parts from there to the end of the text. */
    private static long four(String text, int from) {
        long bits = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int end = part < 3 ? text.indexOf('.', at) : text.length();
            int value = end < 0 ? INVALID : decimal(text, at, end);
            if (value == INVALID || value > 255) {
                return INVALID;
            }
            bits = bits << 8 | value;
            at = end + 1;
        }
        return bits;
    }

    /** One to three digits without a leading zero. */
    static int decimal(String text, int from, int to) {
        if (to <= from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
            return INVALID;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return INVALID;
            }
            value = value * 10 + (digit - '0');
        }
        return value;
    }

    private @Nullable IpAddress six() {
        return groupsAreRead() && (gap == INVALID ? count == GROUPS : count < GROUPS)
                ? IpAddress.ofSix(half(0), half(GROUPS / 2))
                : null;
    }

    private boolean groupsAreRead() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            if (colon < 0) {
                return text.indexOf('.', at) < 0 ? add(at, text.length()) : addFour(at);
            }
            if (!add(at, colon)) {
                return false;
            }
            at = colon + 1;
            if (at == text.length()) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (gap != INVALID) {
                    return false;
                }
                gap = count;
                at++;
            }
        }
        return true;
    }

    private boolean add(int from, int to) {
        int value = hexadecimal(from, to);
        return value != INVALID && add(value);
    }

    private boolean addFour(int from) {
        long bits = four(text, from);
        return bits != INVALID && add((int) (bits >>> 16)) && add((int) (bits & 0xffff));
    }

    private boolean add(int value) {
        if (count == GROUPS) {
            return false;
        }
        groups[count++] = value;
        return true;
    }

    private int hexadecimal(int from, int to) {
        if (to <= from || to - from > 4) {
            return INVALID;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            // Character.digit alone would take digits of any script.
            int bits = digit < 128 ? Character.digit(digit, 16) : INVALID;
            if (bits < 0) {
                return INVALID;
            }
            value = value << 4 | bits;
        }
        return value;
    }

    private long half(int from) {
        long bits = 0;
        for (int i = from; i < from + GROUPS / 2; i++) {
            bits = bits << 16 | group(i);
        }
        return bits;
    }

    /** The group at a place of the whole address: those behind the gap stand at its end. */
    private int group(int place) {
        if (gap == INVALID || place < gap) {
            return groups[place];
        }
        int read = place - (GROUPS - count);
        return read < gap ? 0 : groups[read];
    }
}
