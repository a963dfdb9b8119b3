package dev.ackbox.benchmark;

import dev.ackbox.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process of its own, with default settings. Closing it kills it. */
final class PackagedServer implements AutoCloseable {

    private static final Path JAR = Path.of(System.getProperty("benchmark.jar", "target/ackbox.jar"));
    private static final long POLL_MILLIS = 10;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final JavaProcess process;
    private final Path output;
    private final int port;
    private final int managementPort;

    private PackagedServer(JavaProcess process, Path output, int port, int managementPort) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts the service in a directory, with its data and what it prints. */
    static PackagedServer start(Path directory) throws IOException {
        Path output = directory.resolve("output.log");
        int port = FreePort.find();
        int managementPort = FreePort.find();
        List<String> arguments = new ArrayList<>(JavaProcess.options(""));
        arguments.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        JavaProcess process = JavaProcess.start(
                arguments,
                builder -> builder.directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .environment()
                        .putAll(Map.of(
                                "ACKBOX_VERIFY_TOKEN",
                                "benchmark-token",
                                "ACKBOX_APP_SECRET",
                                BenchmarkServer.SECRET,
                                "SERVER_ADDRESS",
                                "127.0.0.1",
                                "SERVER_PORT",
                                Integer.toString(port),
                                "MANAGEMENT_SERVER_ADDRESS",
                                "127.0.0.1",
                                "MANAGEMENT_SERVER_PORT",
                                Integer.toString(managementPort))));
        return new PackagedServer(process, output, port, managementPort);
    }

    JavaProcess process() {
        return process;
    }

    int port() {
        return port;
    }

    /** Waits until the management port says that the service is ready. */
    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!isReady()) {
            if (!process.process().isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Ackbox has not become ready:\n" + Files.readString(output));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException ex) {
            // Nobody listens yet.
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
