package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.FreePort;
import dev.ackbox.Payloads;
import dev.ackbox.ServiceTest;
import dev.ackbox.security.TestCertificates;
import dev.ackbox.security.TestCertificates.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Behind a Caddy that is set up as the documentation says, but for the certificate, which it would get from an authority. */
@ServiceTest({
    "server.forward-headers-strategy=native",
    "server.tomcat.remoteip.internal-proxies=127.0.0.1",
    "ackbox.endpoints.listed.path=/webhooks/listed",
    "ackbox.endpoints.listed.verify-tokens=token",
    "ackbox.endpoints.listed.app-secrets=secret",
    "ackbox.endpoints.listed.addresses.mode=enforce",
    "ackbox.endpoints.listed.addresses.ranges=127.0.0.9"
})
class CaddyTests {

    private static final byte[] BODY = Payloads.read("messages/text_full");
    private static final String PATH = "/webhooks/whatsapp";

    @TempDir
    private Path directory;

    @LocalServerPort
    private int servicePort;

    private ProxyProcess caddy;
    private int port;

    @BeforeAll
    static void requireCaddy() {
        ProxyProcess.require("caddy", "caddy");
    }

    @BeforeEach
    void start() throws Exception {
        port = FreePort.find();
        Issued server = TestCertificates.server("localhost");
        Files.writeString(directory.resolve("server.pem"), TestCertificates.pem(server.chain()));
        Files.writeString(directory.resolve("server-key.pem"), TestCertificates.pem(server.key()));
        String recipe = ProxyProcess.recipe("caddy");
        assertThat(recipe).contains("webhooks.example.com {", "reverse_proxy 127.0.0.1:8080");
        Files.writeString(
                directory.resolve("Caddyfile"),
                "{\n    admin off\n    auto_https disable_redirects\n    default_sni localhost\n}\n"
                        + recipe.replace(
                                        "webhooks.example.com {",
                                        "https://localhost:" + port + " {\n    tls server.pem server-key.pem\n")
                                .replace("127.0.0.1:8080", "127.0.0.1:" + servicePort));
        caddy = ProxyProcess.start(directory, port, "caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile");
    }

    @AfterEach
    void stop() {
        if (caddy != null) {
            caddy.close();
        }
    }

    @Test
    void handshakesAndNotificationsPass() throws Exception {
        assertThat(client().get(PATH)).isEqualTo(200);
        assertThat(client().post(PATH, BODY)).isEqualTo(200);
        byte[] large = new byte[4 << 20];
        Arrays.fill(large, (byte) ' ');
        assertThat(client().post(PATH, large)).isEqualTo(200);
        assertThat(client().get("/actuator/health")).isEqualTo(404);
    }

    @Test
    void anAddressListSeesWhereCaddyWasAskedFrom() throws Exception {
        assertThat(client().from("127.0.0.9").post("/webhooks/listed", BODY)).isEqualTo(200);
        assertThat(client().post("/webhooks/listed", BODY)).isEqualTo(403);
        assertThat(client().post("/webhooks/listed", BODY, "X-Forwarded-For", "127.0.0.9"))
                .isEqualTo(403);
    }

    private TlsClient client() {
        return new TlsClient(port, TestCertificates.NEW_ROOT.certificate());
    }
}
