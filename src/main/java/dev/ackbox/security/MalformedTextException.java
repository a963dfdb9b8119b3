package dev.ackbox.security;

/** A text is not of the form it should have. The message says what was expected, and holds nothing of the text. */
public final class MalformedTextException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The text as a whole is wrong. */
    public MalformedTextException(String message) {
        super(message);
    }

    /**
     * A line is wrong.
     *
     * @param line the line's number, from 1
     */
    MalformedTextException(int line, String message) {
        super("line " + line + ": " + message);
    }
}
