package dev.ackbox.http;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Prints notifications for a developer to read, as Meta's own sample endpoint does. */
final class PayloadPrinter {

    private static final JsonMapper JSON = new JsonMapper();

    private final PrintStream out;

    PayloadPrinter(PrintStream out) {
        this.out = out;
    }

    void print(String endpoint, Instant receivedAt, byte[] body) {
        out.println("\n" + receivedAt + " " + endpoint + ", " + body.length + " bytes\n" + pretty(body));
    }

    private static String pretty(byte[] body) {
        try {
            return JSON.readTree(body).toPrettyString();
        } catch (JacksonException ex) {
            return "(not JSON) " + new String(body, StandardCharsets.UTF_8);
        }
    }
}
