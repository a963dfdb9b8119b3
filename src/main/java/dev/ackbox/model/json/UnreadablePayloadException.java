package dev.ackbox.model.json;

/**
 * A payload is not JSON, or what it is about lacks what identifies it, so that nothing can be done with it. Its message names
 * paths in the JSON, and has nothing of the content.
 */
public final class UnreadablePayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Has no cause: the text of one might show some of the payload. */
    UnreadablePayloadException(String message) {
        super(message);
    }
}
