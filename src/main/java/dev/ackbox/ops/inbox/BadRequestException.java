package dev.ackbox.ops.inbox;

/** A request is not what the API takes. The message goes to whoever asked, and names no value that came. */
final class BadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message);
    }
}
