package dev.ackbox.benchmark;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link BenchmarkServer} as a process of its own. */
final class ServerProcess implements AutoCloseable {

    private final JavaProcess process;
    private final BufferedReader out;
    private final PrintStream in;
    private final int ackboxPort;
    private final int barePort;

    private ServerProcess(JavaProcess process) throws IOException {
        this.process = process;
        this.out = process.process().inputReader(StandardCharsets.US_ASCII);
        this.in = new PrintStream(process.process().getOutputStream(), true, StandardCharsets.US_ASCII);
        String[] ports = answer();
        this.ackboxPort = Integer.parseInt(ports[1]);
        this.barePort = Integer.parseInt(ports[2]);
    }

    /**
     * Starts a server.
     *
     * @param defaultOptions JVM options unless whoever measures has set others
     * @param dataDirectory of Ackbox's inbox
     * @param arguments further ones of {@link BenchmarkServer}
     */
    static ServerProcess start(String defaultOptions, Path dataDirectory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(JavaProcess.options(defaultOptions));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchmarkServer.class.getName()));
        command.add(dataDirectory.toString());
        command.addAll(List.of(arguments));
        return new ServerProcess(
                JavaProcess.start(command, builder -> builder.redirectError(ProcessBuilder.Redirect.INHERIT)));
    }

    /**
     * What the server has done so far.
     *
     * @param handled calls of the handler
     * @param waiting records that are not settled
     * @param dead dead letters
     * @param cpuNanos processor time that the whole process has used, both applications and the runtime
     * @param writtenBytes what the process has given to the disk
     */
    record State(long handled, long waiting, long dead, long cpuNanos, double writtenBytes) {}

    JavaProcess process() {
        return process;
    }

    int ackboxPort() {
        return ackboxPort;
    }

    /** 0 where the server runs Ackbox alone. */
    int barePort() {
        return barePort;
    }

    State state() throws IOException {
        in.println();
        String[] state = answer();
        return new State(
                Long.parseLong(state[1]),
                Long.parseLong(state[2]),
                Long.parseLong(state[3]),
                Long.parseLong(state[4]),
                process.writtenBytes());
    }

    /** How long messages took since the last call until they were handled; of a server with {@link ScenarioHandler}. */
    String takeUntilHandled() throws IOException {
        in.println(BenchmarkServer.UNTIL_HANDLED);
        String[] figures = answer();
        return ScenarioBenchmark.figures(
                Double.parseDouble(figures[1]), Double.parseDouble(figures[2]), Double.parseDouble(figures[3]));
    }

    /** Begins what {@link BenchmarkServer} can do beside receiving. */
    void begin(String work) throws IOException {
        in.println(BenchmarkServer.BEGIN + work);
        answer();
    }

    /** Ends that, and says what it has come to. */
    String end() throws IOException {
        in.println(BenchmarkServer.END);
        return String.join(" ", answer());
    }

    /** Waits until everything stored is settled. */
    State awaitSettled() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        State state = state();
        while (state.waiting() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not settled within two minutes: " + state);
            }
            TimeUnit.MILLISECONDS.sleep(2);
            state = state();
        }
        return state;
    }

    private String[] answer() throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(BenchmarkServer.PREFIX)) {
            System.err.println(line);
            line = out.readLine();
        }
        if (line == null) {
            throw new EOFException("The server has ended");
        }
        return line.substring(BenchmarkServer.PREFIX.length()).split(" ");
    }

    @Override
    public void close() {
        in.close();
        process.awaitEnd();
        process.close();
    }
}
