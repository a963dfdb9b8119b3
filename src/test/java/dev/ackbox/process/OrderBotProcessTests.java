package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.ackbox.JarBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a project with handlers: its jar beside the packaged service, and in the image. */
class OrderBotProcessTests {

    private static final Path PROJECT = Path.of("src/samples/order-bot");

    @TempDir
    private Path directory;

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer shop;

    @BeforeEach
    void openShop() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        shop.start();
    }

    @AfterEach
    void closeShop() {
        shop.stop(0);
    }

    @Test
    void isMadeForThisVersion() throws IOException {
        assertThat(Files.readString(PROJECT.resolve("pom.xml")))
                .contains("<ackbox.version>" + JarBuilder.thisVersion() + "</ackbox.version>")
                .contains("<Ackbox-Version>${ackbox.version}</Ackbox-Version>");
    }

    @Test
    void isLoadedByTheJar() throws Exception {
        buildInto(directory.resolve("handlers"));
        assertHandles(AckboxProcess.in(directory));
    }

    @Test
    void isLoadedByTheImage() throws Exception {
        Image image = Image.build(directory);
        buildInto(image.handlers());
        assertHandles(AckboxProcess.in(directory).running(image));
    }

    private static void buildInto(Path handlers) throws IOException {
        JarBuilder.forThisVersion().project(PROJECT).build(handlers.resolve("order-bot.jar"));
    }

    private void assertHandles(AckboxProcess.Launcher launcher) throws Exception {
        try (AckboxProcess ackbox = launcher.with(
                        "ORDERBOT_SHOPURL",
                        "http://127.0.0.1:" + shop.getAddress().getPort())
                .start()
                .awaitReady()) {
            assertThat(ackbox.output())
                    .contains("Handler orderBotOrders takes dev.ackbox.model.messages.Content$Order, of"
                            + " com.example.orderbot.OrderBotConfiguration in order-bot.jar")
                    .doesNotContain("[aot]");
            simulate(ackbox);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(asked).containsExactlyInAnyOrder("/questions", "/orders"));
        }
    }

    /** As an operator would try it. */
    private void simulate(AckboxProcess ackbox) throws IOException, InterruptedException {
        Path output = directory.resolve("simulate.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("ackbox.jar"),
                        "simulate",
                        "--url=" + ackbox.url(),
                        "--type=text,order",
                        "--count=2")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ACKBOX_APP_SECRET", AckboxProcess.APP_SECRET);
        Process simulate = builder.start();
        assertThat(simulate.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(simulate.exitValue()).as(Files.readString(output)).isZero();
    }
}
