package dev.ackbox.security;

import inet.ipaddr.IPAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of a file of address ranges. Each form takes LF and CRLF, a byte order mark, and IPv4 and IPv6 mixed. One
 * wrong range makes the whole file wrong: a list that is used in part would refuse genuine notifications unnoticed.
 */
public enum AddressListFormat {

    /**
     * The form shows in the first line that is neither blank nor a comment: with a comma it is a geofeed, with the name
     * of an attribute and a colon, or a {@code %}, it is an answer of RADB, otherwise it is plain.
     */
    AUTO {
        @Override
        AddressListFormat in(List<String> lines) {
            return lines.stream()
                    .map(AddressListFormat::shown)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(PLAIN);
        }

        @Override
        @Nullable
        String range(String line) {
            throw new IllegalStateException("Stands for one of the others");
        }
    },

    /** A range per line; blank lines, and comments from {@code #} to the end of the line. */
    PLAIN {
        @Override
        @Nullable
        String range(String line) {
            return presence(withoutComment(line));
        }
    },

    /**
     * Geofeed by RFC 8805: {@code prefix,country,region,city,postal}, lines of comment beginning with {@code #}. Only the
     * prefix is looked at, and may stand in quotation marks.
     */
    GEOFEED {
        @Override
        @Nullable
        String range(String line) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                return null;
            }
            int comma = line.indexOf(',');
            String prefix = (comma < 0 ? line : line.substring(0, comma)).strip();
            boolean quoted = prefix.length() > 1 && prefix.startsWith("\"") && prefix.endsWith("\"");
            return quoted ? prefix.substring(1, prefix.length() - 1).strip() : prefix;
        }
    },

    /**
     * What a whois server of a routing registry answers when asked for the routes of an origin: the values of
     * {@code route:} and {@code route6:}, which begin their line. All else is passed over.
     */
    RADB {
        @Override
        @Nullable
        String range(String line) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                return null;
            }
            String attribute = line.substring(0, colon);
            return attribute.equalsIgnoreCase("route") || attribute.equalsIgnoreCase("route6")
                    ? withoutComment(line.substring(colon + 1))
                    : null;
        }
    };

    static final int MAX_LINES = 200_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** No address in hexadecimal begins this way: it has no blank behind a colon, and no letter behind F. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?:[a-z][a-z0-9_-]*:(?:\\s.*)?|route6?:.*)", Pattern.CASE_INSENSITIVE);

    /**
     * Reads a file's content.
     *
     * @throws MalformedTextException if a range is wrong, if there is none at all, or if there are more than 200,000 lines. Nothing
     *     else is thrown, whatever the content.
     */
    public AddressList parse(byte[] content) throws MalformedTextException {
        List<String> lines = lines(content);
        List<IPAddress> ranges = in(lines).ranges(lines);
        if (ranges.isEmpty()) {
            throw new MalformedTextException("expected at least one range of addresses; " + lines.size()
                    + " lines hold none (an empty list would refuse everyone)");
        }
        return AddressList.ofRanges(ranges);
    }

    /** What is not UTF-8 becomes a replacement character: it stands in names of towns and in comments, which nobody asks for. */
    private static List<String> lines(byte[] content) throws MalformedTextException {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new MalformedTextException("expected text in UTF-8; this is UTF-16, or no text");
        }
        List<String> lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList();
        if (lines.size() > MAX_LINES) {
            throw new MalformedTextException("expected at most " + MAX_LINES + " lines");
        }
        return lines;
    }

    private List<IPAddress> ranges(List<String> lines) throws MalformedTextException {
        List<IPAddress> ranges = new ArrayList<>();
        int number = 0;
        for (String line : lines) {
            number++;
            String range = range(line);
            if (range != null) {
                ranges.add(parsed(range, number));
            }
        }
        return ranges;
    }

    private static IPAddress parsed(String range, int line) throws MalformedTextException {
        try {
            return Addresses.range(range);
        } catch (MalformedTextException ex) {
            throw new MalformedTextException(line, String.valueOf(ex.getMessage()));
        }
    }

    /** The form to read these lines by. */
    AddressListFormat in(List<String> lines) {
        return this;
    }

    /** The text of the range in a line; absent where the line holds none. */
    abstract @Nullable String range(String line);

    private static @Nullable AddressListFormat shown(String line) {
        if (withoutComment(line).isEmpty()) {
            return null;
        }
        if (line.startsWith("%") || ATTRIBUTE.matcher(line).matches()) {
            return RADB;
        }
        return withoutComment(line).indexOf(',') >= 0 ? GEOFEED : PLAIN;
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return (hash < 0 ? line : line.substring(0, hash)).strip();
    }

    private static @Nullable String presence(String text) {
        return text.isEmpty() ? null : text;
    }
}
