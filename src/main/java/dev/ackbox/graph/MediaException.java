package dev.ackbox.graph;

/** Media is not taken: too large, from a host that is not allowed, gone, or other than Meta says. The message has nothing personal. */
public final class MediaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MediaException(String message) {
        super(message);
    }
}
