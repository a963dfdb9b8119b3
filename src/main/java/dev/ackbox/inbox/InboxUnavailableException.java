package dev.ackbox.inbox;

/** The inbox cannot store at present: its disk is full, its database is gone, or more waits to be written than it may hold. */
public class InboxUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InboxUnavailableException(String message) {
        super(message);
    }

    public InboxUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
