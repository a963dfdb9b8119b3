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
 * @param isKept whether it stays, for a further launch
 */
record WorkDirectory(Path path, boolean isKept) implements AutoCloseable {

    static WorkDirectory create() throws IOException {
        Path parent = Files.createDirectories(Path.of(System.getProperty("benchmark.directory", "target")));
        return new WorkDirectory(Files.createTempDirectory(parent, "benchmark-data"), false);
    }

    /** The one of {@code -Dbenchmark.store}, which stays; a new one where that is not set. */
    static WorkDirectory keptOrNew() throws IOException {
        String kept = System.getProperty("benchmark.store", "");
        return kept.isEmpty() ? create() : new WorkDirectory(Files.createDirectories(Path.of(kept)), true);
    }

    @Override
    public void close() throws IOException {
        if (isKept) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
