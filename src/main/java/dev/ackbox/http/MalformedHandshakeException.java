package dev.ackbox.http;

/** A handshake lacks a parameter, or has one that cannot be used. The message says which, and never what it is set to. */
final class MalformedHandshakeException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedHandshakeException(String message) {
        super(message, null, false, false); // an answer, of which there may be many: no stack trace
    }
}
