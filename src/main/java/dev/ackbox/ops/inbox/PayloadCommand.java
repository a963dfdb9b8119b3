package dev.ackbox.ops.inbox;

import dev.ackbox.security.AppSecret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.MediaType;

/** A command that sends a payload to an Ackbox on a developer's machine, byte for byte. */
final class PayloadCommand {

    static final MediaType TYPE = new MediaType("text", "plain", StandardCharsets.UTF_8);

    /** As in the profile {@code local}: a secret that everybody knows. */
    private static final AppSecret DEMO_SECRET = new AppSecret("demo-secret");

    private PayloadCommand() {}

    static String of(byte[] payload) {
        return "base64 -d <<'END' | curl -sS http://localhost:8080/webhooks/whatsapp -H 'Content-Type: application/json' \\\n"
                + "  -H 'X-Hub-Signature-256: " + DEMO_SECRET.sign(payload) + "' --data-binary @-\n"
                + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(payload) + "\nEND\n";
    }
}
