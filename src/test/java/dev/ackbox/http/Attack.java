package dev.ackbox.http;

import dev.ackbox.security.AppSecret;
import java.nio.charset.StandardCharsets;

/**
 * What somebody sends who means ill, or a scanner that tries its luck, and what it is answered.
 *
 * @param family what kind of attack
 * @param name what it tries
 * @param bytes what is sent on one connection, at once
 * @param halfCloses whether the sender then says that nothing more will come
 * @param answers a pattern for the statuses of all answers on that connection, with a space between them; empty where the
 *     connection is closed without one
 * @param body what the body of the last answer has to be
 */
record Attack(String family, String name, byte[] bytes, boolean halfCloses, String answers, String body) {

    static final String PATH = "/webhooks/whatsapp";
    static final String TOKEN = "kanarienvogel-token";
    static final String SECRET = "kanarienvogel-secret";

    /** Part of whatever is sent: it must not be met again anywhere. */
    static final String CANARY = "kanarienvogel";

    private static final String FORGED = "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";

    Attack(String family, String name, byte[] bytes, String answers) {
        this(family, name, bytes, false, answers, "");
    }

    Attack(String family, String name, String text, String answers) {
        this(family, name, text.getBytes(StandardCharsets.ISO_8859_1), answers);
    }

    /** The same by a sender that closes its half: what it would otherwise leave open ends there. */
    Attack halfClosed() {
        return new Attack(family, name, bytes, true, answers, body);
    }

    Attack answeredWith(String text) {
        return new Attack(family, name, bytes, halfCloses, answers, text);
    }

    /** A request for a target that asks for the connection to be closed. */
    static String get(String target, String... headers) {
        return request("GET " + target + " HTTP/1.1", headers);
    }

    /** A request with a line of its own. */
    static String request(String line, String... headers) {
        return line + "\r\nHost: x\r\nX-Canary: " + CANARY + "\r\nConnection: close\r\n" + lines(headers) + "\r\n";
    }

    /** A forged notification on a connection that stays open. */
    static String open(String headers, String rest) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nX-Canary: " + CANARY + "\r\n" + FORGED + headers + "\r\n"
                + rest;
    }

    /** A forged notification. */
    static String forged(String body, String... headers) {
        return request(
                        "POST " + PATH + " HTTP/1.1",
                        FORGED + "Content-Length: " + body.length() + "\r\n" + lines(headers))
                + body;
    }

    /** A notification with these headers in place of a signature. */
    static String unsigned(String body, String... headers) {
        return request("POST " + PATH + " HTTP/1.1", "Content-Length: " + body.length() + "\r\n" + lines(headers))
                + body;
    }

    /** A genuine notification. */
    static String signed(String body, String... headers) {
        return unsigned(body, "X-Hub-Signature-256: " + signature(body) + "\r\n" + lines(headers));
    }

    /** A genuine notification on a connection that stays open. */
    static String signedAndOpen(String body) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: " + signature(body)
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** What begins with a genuine notification of this body, whose connection stays open; how much of the rest is its body, the headers say. */
    static String genuine(String body, String headers, String rest) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nX-Canary: " + CANARY + "\r\nX-Hub-Signature-256: "
                + signature(body) + "\r\n" + headers + "\r\n" + rest;
    }

    static String signature(String body) {
        return new AppSecret(SECRET).sign(body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header);
            if (!header.isEmpty() && !header.endsWith("\r\n")) {
                lines.append("\r\n");
            }
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return family + ": " + name;
    }
}
