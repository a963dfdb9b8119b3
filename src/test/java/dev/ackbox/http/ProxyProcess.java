package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A proxy in front of the service, with the recipe of the docs. */
record ProxyProcess(Process process) implements AutoCloseable {

    /** Skips the tests where a proxy is not installed. */
    static void require(String program, String debianPackage) {
        Assumptions.assumeTrue(
                find(program).isPresent(),
                "There is no " + program + " on the PATH: install it (" + debianPackage + ") to run these tests");
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What the docs tell operators to write, in a block of a language. */
    static String recipe(String language) throws IOException {
        String page = Files.readString(Path.of("src/docs/operations.md"));
        String fence = "```" + language + "\n";
        int begin = page.indexOf(fence) + fence.length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    /**
     * Starts a proxy and waits until it listens.
     *
     * @param directory where it works, and may write
     */
    static ProxyProcess start(Path directory, int port, String program, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(find(program).orElseThrow().toString()));
        command.addAll(Arrays.asList(arguments));
        File output = directory.resolve("output.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("XDG_DATA_HOME", directory.toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        Process process = builder.start();
        await().until(() -> listens(port) || !process.isAlive());
        assertThat(process.isAlive()).as(() -> read(output)).isTrue();
        return new ProxyProcess(process);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException ex) {
            return false;
        }
    }

    private static String read(File file) {
        try {
            return Files.readString(file.toPath());
        } catch (IOException ex) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroy();
        await().until(() -> !process.isAlive());
    }
}
