package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The packaged service as a process of its own. Everything that it writes is below the directory that it is started in: its
 * data, what it prints, its temporary files. Several processes may be started in one directory, one after the other.
 */
final class AckboxProcess implements AutoCloseable {

    static final String APP_SECRET = "secret-of-the-process-tests";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** Runs what follows after the directory of the data and that of the temporary files. Exit code 99: something can be written. */
    private static final List<String> READ_ONLY_SYSTEM =
            List.of("unshare", "--map-root-user", "--mount", "bash", "-c", """
                    set -e
                    data=$1 temporary=$2
                    shift 2
                    mounts=$(cut -d ' ' -f 2 /proc/self/mounts)
                    mkdir -p "$data"
                    mount --bind "$data" "$data"
                    mount -t tmpfs -o mode=1777,size=64m,noexec,nosuid,nodev tmpfs "$temporary"
                    for mount in $mounts; do
                      mount -o remount,bind,ro "$mount" 2>/dev/null || true
                    done
                    for directory in . "$HOME" /tmp /var/tmp /dev/shm; do
                      ! touch "$directory/probe" 2>/dev/null || exit 99
                    done
                    unset HOME
                    exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
                    """, "bash");

    private static final Pattern HANDLED = Pattern.compile(" : Record (\\d+) of endpoint ");
    private static final Pattern HANDLING = Pattern.compile("(?m)^consumer (\\S+) (given|done) (\\d+) (\\d+)$");
    private static final Pattern WAITING = Pattern.compile("(?m)^ackbox_inbox_waiting(?:\\{[^}]*})? (\\S+)$");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final Path output;
    private final int port;
    private final int managementPort;

    private AckboxProcess(Process process, Path output, int port, int managementPort) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** A service that keeps everything below a directory. */
    static Launcher in(Path directory) {
        return new Launcher(directory);
    }

    /** Where a service keeps its inbox. */
    static Path dataIn(Path directory) {
        return directory.resolve("data");
    }

    private static Path temporaryIn(Path directory) {
        return directory.resolve("tmp");
    }

    /** What a process is started with: secret and token, ports that are free, and what is said otherwise. */
    static final class Launcher {

        private final Path directory;
        private final int port = FreePort.find();
        private final int managementPort = FreePort.find();
        private final Map<String, String> environment = new TreeMap<>();
        private final List<String> command = new ArrayList<>();
        private List<String> program = List.of("-jar", System.getProperty("ackbox.jar"));

        private Launcher(Path directory) {
            this.directory = directory;
            with("ACKBOX_VERIFY_TOKEN", "token-of-the-process-tests");
            with("ACKBOX_APP_SECRET", APP_SECRET);
            with("ACKBOX_DATA_DIR", dataIn(directory).toString());
            with("ACKBOX_WARM_UP", "0s");
            // A line for each record that its handler was given.
            with("LOGGING_LEVEL_DEV_ACKBOX_WATCH", "debug");
            with("SERVER_ADDRESS", "127.0.0.1");
            with("SERVER_PORT", Integer.toString(port));
            with("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
            with("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
        }

        Launcher with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** Starts a class of the tests in place of the packaged service. */
        Launcher running(Class<?> main) {
            program = List.of("-cp", System.getProperty("java.class.path"), main.getName());
            return this;
        }

        /** Starts another packaged service. */
        Launcher running(Path jar) {
            program = List.of("-jar", jar.toString());
            return this;
        }

        /** Starts what the image starts, by the command that it starts with. */
        Launcher running(Image image) {
            program = image.program();
            return with("ACKBOX_HANDLERS_DIR", image.handlers().toString());
        }

        Launcher without(String variable) {
            environment.remove(variable);
            return this;
        }

        /**
         * Lets no file of the process grow beyond a size, until {@link AckboxProcess#liftFileLimit}. What it prints goes
         * through a process without that limit.
         */
        Launcher withFileLimit(int kibibytes) {
            command.addAll(List.of(
                    "bash", "-c", "exec > >(exec cat) 2>&1; ulimit -S -f " + kibibytes + "; exec \"$@\"", "bash"));
            return this;
        }

        /**
         * As in a container whose root file system is read-only: nothing can be written but the data, and what is in memory in
         * the place of the temporary files, of which nothing can be executed. The process has no home and no rights beyond its
         * user's.
         */
        Launcher withReadOnlySystem() {
            command.addAll(READ_ONLY_SYSTEM);
            command.addAll(
                    List.of(dataIn(directory).toString(), temporaryIn(directory).toString()));
            return this;
        }

        /** May be called again, for another process with the same ports and data. */
        AckboxProcess start() {
            try {
                Path temporary = Files.createDirectories(temporaryIn(directory));
                Path output = Files.createTempFile(directory, "output-", ".log");
                // Started often, and not for long: the first compiler is enough.
                List<String> whole = new ArrayList<>(command);
                whole.addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + temporary));
                whole.addAll(program);
                ProcessBuilder builder = new ProcessBuilder(whole)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().keySet().removeIf(Launcher::isSetting);
                builder.environment().putAll(environment);
                Process process = builder.start();
                // Where the tests themselves are ended.
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
                return new AckboxProcess(process, output, port, managementPort);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        /** Whether a variable of whoever runs the tests would be taken for a setting. */
        private static boolean isSetting(String variable) {
            return Pattern.matches("(ACKBOX|SPRING|SERVER|MANAGEMENT|LOGGING|JAVA_TOOL|JDK_JAVA).*", variable);
        }
    }

    AckboxProcess awaitReady() {
        await().atMost(START_TIMEOUT).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive()).as("The process ended:%n%s", output()).isTrue();
            return readiness() == 200;
        });
        return this;
    }

    int managementPort() {
        return managementPort;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/whatsapp");
    }

    private URI managementUrl(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + path);
    }

    /** The status of the readiness probe; 0 where nothing answers. */
    int readiness() {
        try {
            return get("health/readiness").statusCode();
        } catch (IOException ex) {
            return 0;
        }
    }

    /** How many records wait, for all consumers together, by the service's own metrics. */
    long waiting() throws IOException {
        List<String> waiting = WAITING.matcher(get("prometheus").body())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(waiting).as("values of ackbox_inbox_waiting").isNotEmpty();
        return (long) waiting.stream().mapToDouble(Double::parseDouble).sum();
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(managementUrl(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    void awaitNothingWaits() {
        await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
    }

    void awaitOutput(String line) {
        await().atMost(Duration.ofSeconds(60)).until(() -> output().contains(line));
    }

    /** Lifts what {@link Launcher#withFileLimit} set. */
    void liftFileLimit() throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:")
                .redirectErrorStream(true)
                .start();
        String said = new String(prlimit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(prlimit.waitFor()).as(said).isZero();
    }

    /** Ends the process without giving it a chance to do anything about it (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Asks the process to end (SIGTERM). */
    void requestStop() {
        process.destroy();
    }

    /** Takes all processor time from the process, as a long collection of garbage does (SIGSTOP). */
    void freeze() {
        signal("STOP", process.pid());
    }

    /** The end of {@link #freeze}. */
    void thaw() {
        signal("CONT", process.pid());
    }

    static void signal(String name, long process) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process))
                    .start()
                    .waitFor();
            assertThat(exit).as("kill -%s %d", name, process).isZero();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code. */
    int awaitExit(Duration timeout) {
        try {
            assertThat(process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS))
                    .as("The process should have ended within %s:%n%s", timeout, output())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    /** What the process has printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The ids of the records that a handler was given, in that order. */
    List<Long> handled() {
        return HANDLED.matcher(output())
                .results()
                .map((MatchResult line) -> Long.valueOf(line.group(1)))
                .toList();
    }

    /** What the consumers of {@link ConsumersApplication} were given and are done with, in that order. */
    List<Handling> handlings() {
        return HANDLING.matcher(output())
                .results()
                .map(line -> new Handling(
                        line.group(1),
                        line.group(2).equals("done"),
                        Long.parseLong(line.group(3)),
                        Integer.parseInt(line.group(4))))
                .toList();
    }

    /** Makes sure that the process does not outlive its test. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
