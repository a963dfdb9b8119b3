package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.ackbox.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The sample with two replicas: its balancer runs for real, and its compose file says what the replicas need. */
@Tag("socket")
class ReplicasSampleTests {

    private static final Path SAMPLE = Path.of("src/samples/replicas");

    @TempDir
    private Path directory;

    /** A replica as the balancer sees it. */
    private static final class Replica implements AutoCloseable {

        private final AtomicInteger requests = new AtomicInteger();
        private final HttpServer service;
        private final HttpServer management;
        private volatile int readiness = 200;

        Replica(String address, int port, int managementPort) throws IOException {
            service = HttpServer.create(new InetSocketAddress(address, port), 0);
            service.createContext("/webhooks/whatsapp", exchange -> {
                requests.incrementAndGet();
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            management = HttpServer.create(new InetSocketAddress(address, managementPort), 0);
            management.createContext("/actuator/health/readiness", exchange -> {
                exchange.sendResponseHeaders(readiness, -1);
                exchange.close();
            });
            service.start();
            management.start();
        }

        /** As where its process has ended. */
        void end() {
            service.stop(0);
            management.stop(0);
        }

        @Override
        public void close() {
            end();
        }
    }

    @Test
    void theBalancerAsksReplicasThatAreReady() throws Exception {
        ProxyProcess.require("caddy", "caddy");
        int port = FreePort.find();
        int servicePort = FreePort.find();
        int managementPort = FreePort.find();
        Files.writeString(
                directory.resolve("Caddyfile"),
                "{\n    admin off\n}\n"
                        + Files.readString(SAMPLE.resolve("Caddyfile"))
                                .replace("\n:80 {", "\nhttp://127.0.0.1:" + port + " {")
                                .replace("replica-1:8080", "127.0.0.2:" + servicePort)
                                .replace("replica-2:8080", "127.0.0.3:" + servicePort)
                                .replace("health_port 8081", "health_port " + managementPort));
        try (Replica first = new Replica("127.0.0.2", servicePort, managementPort);
                Replica second = new Replica("127.0.0.3", servicePort, managementPort);
                ProxyProcess caddy = ProxyProcess.start(
                        directory, port, "caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile")) {
            await().until(() -> post(port) == 200 && first.requests.get() > 0 && second.requests.get() > 0);
            assertThat(caddy.process().isAlive()).isTrue();
            first.readiness = 503;
            await().until(() -> {
                int before = first.requests.get();
                return post(port) == 200 && post(port) == 200 && first.requests.get() == before;
            });
            first.readiness = 200;
            int before = first.requests.get();
            await().until(() -> post(port) == 200 && first.requests.get() > before);
            second.end();
            await().until(() ->
                    post(port) == 200); // a request on a connection that was open may fail; Meta sends it again
            for (int i = 0; i < 4; i++) {
                assertThat(post(port)).as("the other one is asked").isEqualTo(200);
            }
        }
    }

    private static int post(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/whatsapp"))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    @SuppressWarnings("unchecked")
    void theComposeFileGivesEachReplicaWhatItNeeds() throws IOException {
        Map<String, Object> compose = new Yaml().load(Files.readString(SAMPLE.resolve("compose.yml")));
        Map<String, Map<String, Object>> services = (Map<String, Map<String, Object>>) compose.get("services");
        Map<String, Object> balancer = services.get("balancer");
        Map<String, Map<String, String>> networks = (Map<String, Map<String, String>>) balancer.get("networks");
        for (String replica : List.of("replica-1", "replica-2")) {
            Map<String, Object> environment =
                    (Map<String, Object>) services.get(replica).get("environment");
            assertThat(environment)
                    .containsEntry("ACKBOX_INBOX_ENGINE", "postgresql")
                    .containsEntry("ACKBOX_DATABASE_URL", "jdbc:postgresql://database/ackbox")
                    .containsEntry("ACKBOX_DATABASE_USERNAME", "ackbox")
                    .containsKeys("ACKBOX_DATABASE_PASSWORD", "ACKBOX_VERIFY_TOKEN", "ACKBOX_APP_SECRET")
                    .containsEntry(
                            "SERVER_TOMCAT_REMOTEIP_INTERNALPROXIES",
                            networks.get("default").get("ipv4_address"));
            assertThat(Files.readString(SAMPLE.resolve("Caddyfile"))).contains(replica + ":8080");
        }
    }

    /** It starts last. Docker gives the others the lowest addresses of the range, or of the subnet where there is no range. */
    @Test
    @SuppressWarnings("unchecked")
    void noOtherContainerGetsTheAddressOfTheBalancer() throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose =
                new Yaml().load(Files.readString(SAMPLE.resolve("compose.yml")));
        Map<String, Map<String, String>> networks = (Map<String, Map<String, String>>)
                compose.get("services").get("balancer").get("networks");
        Map<String, List<Map<String, String>>> ipam = (Map<String, List<Map<String, String>>>)
                compose.get("networks").get("default").get("ipam");
        Map<String, String> config = ipam.get("config").get(0);
        String balancer = networks.get("default").get("ipv4_address");
        assertThat(isWithin(config.get("subnet"), balancer)).isTrue();
        assertThat(isWithin(config.get("ip_range"), balancer)).isFalse();
    }

    private static boolean isWithin(String range, String address) throws IOException {
        String[] parts = range.split("/");
        int hostBits = 32 - Integer.parseInt(parts[1]);
        return number(parts[0]) >>> hostBits == number(address) >>> hostBits;
    }

    private static int number(String address) throws IOException {
        return ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt();
    }
}
