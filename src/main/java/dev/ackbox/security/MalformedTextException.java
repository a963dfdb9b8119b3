package dev.ackbox.security;

import java.util.OptionalInt;

/** A text is not of the form it should have. The message says what was expected, and holds nothing of the text. */
public final class MalformedTextException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int WHOLE = 0;

    private final int line;
    private final String reason;

    /**
     * A line is wrong.
     *
     * @param line the line's number, from 1
     * @param reason what was expected, and what came, without the content
     */
    public MalformedTextException(int line, String reason) {
        super(line == WHOLE ? reason : "line " + line + ": " + reason);
        this.line = line;
        this.reason = reason;
    }

    /** The text as a whole is wrong. */
    public MalformedTextException(String reason) {
        this(WHOLE, reason);
    }

    /** The line's number, from 1; empty where the text as a whole is wrong. */
    public OptionalInt line() {
        return line == WHOLE ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /** What was expected, and what came, without the line's number. */
    public String reason() {
        return reason;
    }
}
