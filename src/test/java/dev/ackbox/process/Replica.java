package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One of several Ackbox on one database: a process after the other, on the same ports. */
final class Replica implements AutoCloseable {

    private final int number;
    private final Path directory;
    private final AckboxProcess.Launcher launcher;
    private final List<Call> calls = new ArrayList<>();
    private AckboxProcess process;
    private Path file;
    private int starts;

    /** How many times it ended although nobody had asked it to. */
    private int unaskedEnds;

    Replica(int number, Path directory, DatabaseProcess database) throws IOException {
        this.number = number;
        this.directory = Files.createDirectories(directory.resolve("replica-" + number));
        this.launcher = AckboxProcess.in(this.directory)
                .running(ReplicaApplication.class)
                .with("LOGGING_LEVEL_DEV_ACKBOX_WATCH", "warn")
                .with("LOGGING_LEVEL_DEV_ACKBOX_DISPATCH_ATTEMPTRUNNER", "off")
                .with("ACKBOX_DISPATCH_RETRY_INITIAL_DELAY", "50ms")
                .with("ACKBOX_INBOX_ENGINE", "postgresql")
                .with("ACKBOX_DATABASE_URL", database.url())
                .with("ACKBOX_DATABASE_USERNAME", DatabaseProcess.USERNAME)
                .with("ACKBOX_DATABASE_PASSWORD", DatabaseProcess.PASSWORD);
    }

    int number() {
        return number;
    }

    void start() {
        starts++;
        file = directory.resolve("calls-" + starts);
        process = launcher.with(ReplicaApplication.CALLS, file.toString()).start();
    }

    /** Starts it again where it has ended by itself, as a platform does: for example since there was no database at its start. */
    void startIfEnded() throws IOException {
        if (!process.isAlive()) {
            unaskedEnds++;
            ended();
            start();
        }
    }

    /** Waits until it is ready; starts it again where it ends before. */
    void awaitReady() throws IOException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (process.readiness() != 200) {
            assertThat(Instant.now())
                    .as("replica %d:%n%s", number, process.output())
                    .isBefore(deadline);
            startIfEnded();
            pause(Duration.ofMillis(100));
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    void kill() throws IOException {
        process.kill();
        ended();
    }

    /** Asks it to end, and waits for that. */
    void stop() throws IOException {
        process.requestStop();
        assertThat(process.awaitExit(Duration.ofSeconds(60))).isEqualTo(143);
        ended();
    }

    private void ended() throws IOException {
        calls.addAll(CallFile.read(file, number, Instant.now()));
    }

    void freeze() {
        process.freeze();
    }

    void thaw() {
        process.thaw();
    }

    URI url() {
        return process.url();
    }

    String output() {
        return process.output();
    }

    /** Those of processes that have ended. */
    List<Call> calls() {
        return calls;
    }

    int unaskedEnds() {
        return unaskedEnds;
    }

    @Override
    public void close() {
        process.close();
    }
}
