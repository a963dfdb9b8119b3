package dev.ackbox.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text file, bounded, so that a wrong file costs little. */
final class TextLines {

    static final int MAX_LINES = 200_000;
    static final int MAX_LINE_LENGTH = 4_096;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextLines() {}

    /**
     * The lines without their ends, which may be LF, CRLF or CR, and without a byte order mark. What is not UTF-8 becomes
     * a replacement character: it stands in names of towns and in comments, which nobody asks for.
     */
    static List<String> of(byte[] content) throws MalformedTextException {
        String text = new String(content, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        int at = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        while (at < text.length()) {
            int end = endOfLine(text, at);
            lines.add(checked(text.substring(at, end), lines.size() + 1));
            at = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        return lines;
    }

    private static int endOfLine(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private static String checked(String line, int number) throws MalformedTextException {
        if (number > MAX_LINES) {
            throw new MalformedTextException(number, "expected at most " + MAX_LINES + " lines");
        }
        if (line.length() > MAX_LINE_LENGTH) {
            throw new MalformedTextException(number, "expected at most " + MAX_LINE_LENGTH + " characters in a line");
        }
        if (line.indexOf('\0') >= 0) {
            throw new MalformedTextException(number, "expected text in UTF-8; this is UTF-16, or no text");
        }
        return line;
    }
}
