package dev.ackbox.graph;

import dev.ackbox.handler.ImpersonalMessage;

/** Media is not taken: too large, from a host that is not allowed, gone, or other than Meta says. The message has nothing personal. */
public final class MediaException extends RuntimeException implements ImpersonalMessage {

    private static final long serialVersionUID = 1L;

    MediaException(String message) {
        super(message);
    }
}
