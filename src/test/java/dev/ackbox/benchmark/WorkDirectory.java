package dev.ackbox.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory for what a benchmark writes, on the disk that is measured. Closing it deletes it.
 *
 * @param path where it is
 */
record WorkDirectory(Path path) implements AutoCloseable {

    static WorkDirectory create() throws IOException {
        Path parent = Files.createDirectories(Path.of(System.getProperty("benchmark.directory", "target")));
        return new WorkDirectory(Files.createTempDirectory(parent, "benchmark-data"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
