package dev.ackbox.simulate;

import com.sun.net.httpserver.HttpServer;
import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Has this program's own code compiled before it measures, by sending to itself. Otherwise the first seconds of a run would measure how
 * fast Java starts.
 */
final class WarmUp {

    private static final int CONNECTIONS = 4;

    private WarmUp() {}

    /** @param traffic nothing of which reaches the receiver */
    static void run(Traffic traffic, Clock clock) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            try {
                sink.setExecutor(threads);
                sink.createContext("/", exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
                sink.start();
                URI url = URI.create("http://127.0.0.1:" + sink.getAddress().getPort() + "/");
                Webhook self = new Webhook(url, new AppSecret("warm-up"), HttpClient.newBuilder());
                new Simulation(traffic, new AsFastAsAnswered(), CONNECTIONS, List.of(self), null, clock)
                        .run(new Tally());
            } finally {
                sink.stop(0);
            }
        } catch (IOException ex) {
            // Then it measures its own start too.
        } finally {
            threads.shutdownNow();
        }
    }
}
