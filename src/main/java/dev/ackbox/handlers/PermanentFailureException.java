package dev.ackbox.handlers;

/** Thrown by a handler where trying again would not help: the change becomes a dead letter now. */
public class PermanentFailureException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message kept with the dead letter and logged: no personal data
     */
    public PermanentFailureException(String message) {
        super(message);
    }

    public PermanentFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
