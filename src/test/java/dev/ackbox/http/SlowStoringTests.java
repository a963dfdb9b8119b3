package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.Payloads;
import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import dev.ackbox.security.AppSecret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A sender is not to blame for the time that the service takes. */
@ServiceTest({"ackbox.http.body-timeout=500ms", "ackbox.intake.store-timeout=20s"})
class SlowStoringTests {

    private static final byte[] BODY = Payloads.read("messages/text_full");
    private static final String HEAD = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: "
            + new AppSecret("secret").sign(BODY) + "\r\nContent-Length: " + BODY.length + "\r\n\r\n";

    @Value("${ackbox.inbox.sqlite.directory}")
    private Path directory;

    @LocalServerPort
    private int port;

    @Test
    void doesNotCutItsSenderOff() throws Exception {
        try (RawHttp http = new RawHttp(port);
                Connection inbox = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("inbox.db"));
                Statement statement = inbox.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            http.send(HEAD).send(BODY);
            // What a body may take, and twice the second after which a connection is looked at.
            Executor later = CompletableFuture.delayedExecutor(2700, TimeUnit.MILLISECONDS);
            assertThat(CompletableFuture.supplyAsync(() -> rollBack(statement), later)
                            .get(20, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(http.readHead()).startsWith("HTTP/1.1 200");

            http.send(HEAD).send(BODY);
            assertThat(http.readHead()).startsWith("HTTP/1.1 200");
        }
    }

    private static boolean rollBack(Statement statement) {
        try {
            statement.execute("ROLLBACK");
            return true;
        } catch (SQLException ex) {
            return false;
        }
    }
}
