package dev.ackbox.http;

/** A setting is missing or cannot be; the service does not start. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates the exception.
     *
     * @param message which property, and what is wrong with its value; never a secret's
     * @param action what to do about it
     */
    public InvalidSettingException(String message, String action) {
        super(message);
        this.action = action;
    }

    static void require(boolean holds, String message, String action) {
        if (!holds) {
            throw new InvalidSettingException(message, action);
        }
    }

    /** What the operator can do about it. */
    public String action() {
        return action;
    }
}
