package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.util.LibraryLoaderUtil;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the image consists of, in a directory instead of {@code /ackbox}. How it is trained, started and asked for its health is
 * taken from the Dockerfile.
 */
final class Image {

    /** Java had no cache that is made in one step before. The image has a Java that does. */
    private static final boolean CACHES = Runtime.version().feature() >= 25;

    private static final Pattern PATH = Pattern.compile("/(ackbox|tmp)/");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    private final Path root;
    private final String dockerfile;

    private Image(Path root) throws IOException {
        this.root = root;
        this.dockerfile = Files.readString(Path.of("Dockerfile")).replace("\\\n", "");
    }

    static Image build(Path directory) throws IOException, InterruptedException {
        Image image = new Image(Files.createDirectory(directory.resolve("image")));
        image.extract();
        image.unpackSqlite();
        Files.createDirectory(image.handlers());
        if (CACHES) {
            image.train();
        }
        return image;
    }

    private void extract() throws IOException, InterruptedException {
        String jar = System.getProperty("ackbox.jar");
        String destination = ackbox().toString();
        build(List.of("java", "-Djarmode=tools", "-jar", jar, "extract", "--destination", destination), Map.of());
    }

    private void unpackSqlite() throws IOException {
        Path libraries = Files.createDirectory(ackbox().resolve("native"));
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            Files.copy(library, libraries.resolve(name));
        }
    }

    /** For less long than the image is: what matters is that there is a cache. */
    private void train() throws IOException, InterruptedException {
        String training =
                said("FROM service AS training\\RRUN (.*)").replace("ACKBOX_WARM_UP=10s", "ACKBOX_WARM_UP=100ms");
        Map<String, String> ports = Map.of(
                "SERVER_PORT", Integer.toString(FreePort.find()),
                "MANAGEMENT_SERVER_PORT", Integer.toString(FreePort.find()));
        build(List.of("sh", "-c", here(training)), ports);
        Files.move(root.resolve("ackbox.aot"), ackbox().resolve("ackbox.aot"));
    }

    /** What Java is started with; it refuses to start where it cannot use the cache. */
    List<String> program() {
        List<String> program = new ArrayList<>(command("ENTRYPOINT (.*)"));
        program.remove("java");
        if (CACHES) {
            program.add(0, "-XX:AOTMode=on");
        } else {
            program.removeIf(option -> option.startsWith("-XX:AOTCache="));
        }
        return program;
    }

    /** Where its handlers' jars are. */
    Path handlers() {
        return Path.of(here(said("ENV .*ACKBOX_HANDLERS_DIR=(\\S+)")));
    }

    /** The exit code of the health check. */
    int checkHealth(int managementPort) throws IOException, InterruptedException {
        return run(
                command("HEALTHCHECK .* CMD (.*)"), Map.of("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort)));
    }

    private List<String> command(String instruction) {
        return new JsonMapper().readValue(here(said(instruction)), new TypeReference<>() {});
    }

    private String said(String instruction) {
        Matcher matcher = Pattern.compile("(?m)^" + instruction + "$").matcher(dockerfile);
        assertThat(matcher.find()).as(instruction).isTrue();
        return matcher.group(1);
    }

    private String here(String command) {
        return PATH.matcher(command)
                .replaceAll(path ->
                        Matcher.quoteReplacement(path.group().equals("/ackbox/") ? ackbox() + "/" : root + "/"));
    }

    private Path ackbox() {
        return root.resolve("ackbox");
    }

    private void build(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        int exitCode = run(command, environment);
        assertThat(exitCode).as(Files.readString(output())).isZero();
    }

    private Path output() {
        return root.resolve("output.log");
    }

    private int run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> withJava = new ArrayList<>(List.of("env", "PATH=" + JAVA + ":" + System.getenv("PATH")));
        withJava.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(withJava)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
