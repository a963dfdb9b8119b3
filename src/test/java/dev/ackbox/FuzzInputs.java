package dev.ackbox;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What fuzz tests start from, and have found, for the tests that run in every build. */
public final class FuzzInputs {

    private FuzzInputs() {}

    /** Those of a class, which has a single fuzz test. */
    public static List<byte[]> of(Class<?> fuzzTests) throws IOException, URISyntaxException {
        Path folder = Path.of(
                fuzzTests.getResource(fuzzTests.getSimpleName() + "Inputs").toURI());
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }
}
