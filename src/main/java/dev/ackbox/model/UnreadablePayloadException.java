package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/** A payload is not JSON, so that nothing can be done with it. Its message has nothing of the payload. */
public final class UnreadablePayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
