package dev.ackbox.http;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.security.AppSecret;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells a developer what to paste into a terminal to see something arrive. */
final class LocalGuide {

    /** The app dashboard's test message (observed): never a duplicate, so that it can be sent again and again. */
    private static final String TEST_MESSAGE = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"0\","
            + "\"changes\":[{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":"
            + "{\"display_phone_number\":\"16505551111\",\"phone_number_id\":\"123456123\"},\"contacts\":"
            + "[{\"profile\":{\"name\":\"test user name\"},\"wa_id\":\"16315551181\"}],\"messages\":"
            + "[{\"from\":\"16315551181\",\"id\":\"ABGGFlA5Fpa\",\"timestamp\":\"1504902988\",\"type\":\"text\","
            + "\"text\":{\"body\":\"this is a text message\"}}]}}]}]}";

    private LocalGuide() {}

    static void print(EndpointProperties endpoint, int port, PrintStream out) {
        String url = "http://localhost:" + port + endpoint.path();
        String token = endpoint.verifyTokens().get(0);
        String signature =
                new AppSecret(endpoint.appSecrets().get(0)).sign(TEST_MESSAGE.getBytes(StandardCharsets.UTF_8));
        out.printf("""

                Ackbox listens at %1$s
                with a token and a secret for trying things out. Never run it like this where others can reach it.

                The handshake, as Meta does it when you enter the URL:

                  curl -i '%1$s?hub.mode=subscribe&hub.verify_token=%2$s&hub.challenge=1158201444'

                A signed message, which is printed here and logged by a handler:

                  curl -i '%1$s' -H 'Content-Type: application/json' -H 'X-Hub-Signature-256: %3$s' \\
                    --data-raw '%4$s'

                """, url, token, signature, TEST_MESSAGE);
        out.flush();
    }
}
