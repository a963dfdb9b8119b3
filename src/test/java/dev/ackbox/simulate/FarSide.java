package dev.ackbox.simulate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ackbox.security.AppSecret;
import dev.ackbox.security.SecretList;
import dev.ackbox.security.SignatureScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A web server that answers as Ackbox does: 200 to what is signed with its secret, 401 to the rest. */
final class FarSide implements AutoCloseable {

    static final String SECRET = "secret-of-the-far-side";
    static final String VERIFY_TOKEN = "demo-token";

    private static final JsonMapper JSON = new JsonMapper();

    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private FarSide(Reaction reaction) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, reaction));
        server.start();
    }

    static FarSide start() throws IOException {
        return new FarSide(request -> 200);
    }

    /** Reacts in its own way to what is genuine. */
    static FarSide start(Reaction reaction) throws IOException {
        return new FarSide(reaction);
    }

    private void serve(HttpExchange exchange, Reaction reaction) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            verify(exchange);
            return;
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = 401;
        if (isGenuine(exchange, body)) {
            bodies.add(body);
            status = reaction.answer(requests.getAndIncrement());
        }
        atOnce.decrementAndGet();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void verify(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean isRight = query.contains("hub.verify_token=" + VERIFY_TOKEN);
        byte[] challenge = query.replaceAll(".*hub\\.challenge=([^&]*).*", "$1").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isRight ? 200 : 403, isRight ? challenge.length : -1);
        if (isRight) {
            exchange.getResponseBody().write(challenge);
        }
        exchange.close();
    }

    private static boolean isGenuine(HttpExchange exchange, byte[] body) {
        List<String> headers = exchange.getRequestHeaders().getOrDefault(SignatureScheme.META.header(), List.of());
        return SignatureScheme.META
                .parse(headers)
                .filter(signature -> signature
                        .signedBy(body, new SecretList<>(AppSecret::new, List.of(SECRET)))
                        .isPresent())
                .isPresent();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/webhooks/whatsapp";
    }

    /** What was genuine, in order of arrival. */
    List<byte[]> bodies() {
        return bodies;
    }

    List<JsonNode> notifications() {
        return bodies.stream().map(JSON::readTree).toList();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    interface Reaction {

        /** The status for the request of that number, from 0. */
        int answer(int request);
    }
}
