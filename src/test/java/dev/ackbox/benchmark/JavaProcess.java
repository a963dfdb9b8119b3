package dev.ackbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A Java process, on the JDK that the benchmark itself runs on. Closing it ends it. */
final class JavaProcess implements AutoCloseable {

    private static final Pattern SETTING =
            Pattern.compile("(ACKBOX|SPRING|SERVER|MANAGEMENT|LOGGING|JAVA_TOOL|JDK_JAVA)_.*");

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a process that takes no settings from the environment of whoever measures.
     *
     * @param arguments what follows {@code java} on the command line
     * @param customizer sets where the output goes, and the like
     */
    static JavaProcess start(List<String> arguments, Consumer<ProcessBuilder> customizer) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(SETTING.asMatchPredicate());
        customizer.accept(builder);
        Process process = builder.start();
        // For the case that the benchmark itself is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new JavaProcess(process);
    }

    /** The JVM options of the server, as whoever measures has set them. */
    static List<String> options(String defaults) {
        String options = System.getProperty("benchmark.jvm", "").trim();
        return Pattern.compile("\\s+")
                .splitAsStream(options.isEmpty() ? defaults : options)
                .filter(option -> !option.isEmpty())
                .toList();
    }

    Process process() {
        return process;
    }

    /** Bytes that the kernel has given to the disk for the process so far. */
    double writtenBytes() throws IOException {
        return figure("io", "write_bytes:");
    }

    double residentMegabytes() throws IOException {
        return figure("status", "VmRSS:") / 1024;
    }

    /** Libraries and the archive of Java's own classes, mostly, which other processes may share. */
    double residentMegabytesOfFiles() throws IOException {
        return figure("status", "RssFile:") / 1024;
    }

    double peakResidentMegabytes() throws IOException {
        return figure("status", "VmHWM:") / 1024;
    }

    /** A figure of {@code /proc}; not a number where the system has no such thing. */
    private double figure(String file, String name) throws IOException {
        Path path = Path.of("/proc", Long.toString(process.pid()), file);
        if (!Files.exists(path)) {
            return Double.NaN;
        }
        return Files.readAllLines(path).stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Waits for a process that has been asked to end, up to half a minute. */
    void awaitEnd() {
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
