package dev.ackbox;

import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ackbox.test.AckboxTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The first handler of the README. */
@Tag("slow")
@Timeout(300)
class ReadmeTests {

    private static final String IMPORTS = """
            import dev.ackbox.handler.Handler;
            import dev.ackbox.model.messages.Content;
            import java.util.Map;
            import org.springframework.beans.factory.annotation.Value;
            import org.springframework.context.annotation.Bean;
            import org.springframework.context.annotation.Configuration;
            import org.springframework.http.MediaType;
            import org.springframework.web.client.RestClient;
            """;

    @TempDir
    private Path directory;

    private final Queue<JsonNode> tickets = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();

    @Test
    void opensATicket() throws Exception {
        String handler = DocumentedCode.of(Path.of("README.md")).get(0);
        HttpServer helpDesk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        helpDesk.createContext("/tickets", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            tickets.add(SampleChanges.JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        helpDesk.start();
        try (URLClassLoader classes = DocumentedCode.compile(List.of(IMPORTS, handler), directory);
                AckboxTest ackbox = AckboxTest.with(classes.loadClass("com.example.HelpDesk"))
                        .setting(
                                "help-desk.url",
                                "http://127.0.0.1:" + helpDesk.getAddress().getPort())
                        .start()) {
            ackbox.send(text("hello").from(user("Nadia").withoutNumber()));
            ackbox.awaitHandled(Duration.ofMinutes(1));
        } finally {
            helpDesk.stop(0);
        }
        assertThat(tickets).singleElement().satisfies(ticket -> {
            assertThat(ticket.path("user").asString()).isEqualTo(user("Nadia").userId());
            assertThat(ticket.path("text").asString()).isEqualTo("hello");
        });
        assertThat(keys).singleElement().asString().matches("[0-9a-f]{40}");
    }
}
