package dev.ackbox.model.json;

/** A payload is not JSON, so that nothing can be done with it. Its message has nothing of the payload. */
public final class UnreadablePayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Has no cause: the text of one might show some of the payload. */
    UnreadablePayloadException(String message) {
        super(message);
    }
}
