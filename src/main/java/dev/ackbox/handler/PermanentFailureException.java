package dev.ackbox.handler;

/**
 * A handler cannot handle this, now or later: the record becomes a dead letter without a further attempt. Found anywhere in the chain
 * of causes. Unchecked, so that a transaction around the handler rolls back.
 */
public class PermanentFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message kept with the dead letter and logged, as one line of at most 500 characters: no personal data
     */
    public PermanentFailureException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message kept with the dead letter and logged, as one line of at most 500 characters: no personal data
     * @param cause neither kept nor logged, except for an {@link ImpersonalMessage}
     */
    public PermanentFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
