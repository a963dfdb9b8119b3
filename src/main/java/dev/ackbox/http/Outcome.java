package dev.ackbox.http;

/** What came of a request on the public port; each is a row of the table of answers. */
public enum Outcome {
    /** 200 to a handshake, with its challenge. */
    VERIFIED(200),
    /** 400: a handshake with parameters missing, repeated or of another form. */
    HANDSHAKE_MALFORMED(400),
    /** 403: a handshake with another token. */
    TOKEN_MISMATCH(403),
    /** 200: genuine and stored, now or before. */
    STORED(200),
    /** 401: the signature is missing, malformed or of another secret. */
    UNAUTHENTICATED(401),
    /** 413: larger than notifications are. */
    TOO_LARGE(413),
    /** 400: no well-formed HTTP, its head or the chunks of its body. */
    MALFORMED(400),
    /** 415: the body is encoded. */
    ENCODED(415),
    /** 408: the body did not come in time. */
    TOO_SLOW(408),
    /** 403: the sender's address or client certificate is not one that the endpoint is for. */
    SENDER_REFUSED(403),
    /** 503: as many bodies or bytes are in flight as may be. */
    OVERLOADED(503),
    /** 503: the inbox cannot store. */
    UNAVAILABLE(503),
    /** 405: neither GET nor POST. */
    METHOD_NOT_ALLOWED(405),
    /** 404: no endpoint has this path. */
    NOT_FOUND(404),
    /** The sender went away before all of the body had come; nobody was there to answer to. */
    ABORTED(400),
    /** 500: a defect of Ackbox. */
    FAILED(500);

    private final int status;

    Outcome(int status) {
        this.status = status;
    }

    /** The HTTP status that it is answered with. */
    public int status() {
        return status;
    }
}
