package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.DocumentedCommand;
import dev.ackbox.Payloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the README and the guides show. */
class SimulateDocumentationTests {

    private static final String COMMAND = "java -jar target/ackbox.jar simulate ";

    /** A word, or several in quotes. */
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path directory;

    static List<String> commands() throws IOException {
        return DocumentedCommand.all().stream()
                .map(DocumentedCommand::text)
                .filter(command -> command.startsWith(COMMAND))
                .map(command -> command.substring(COMMAND.length()))
                .toList();
    }

    @Test
    void aClientCertificateIsMade() throws Exception {
        String commands = DocumentedCommand.all().stream()
                .filter(command -> command.page().equals("simulate.md"))
                .map(DocumentedCommand::text)
                .filter(command -> command.startsWith("openssl ") || command.startsWith("cat "))
                .collect(Collectors.joining("\n", "set -e\n", ""));
        Process shell = new ProcessBuilder("bash", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        try (FarSide farSide = FarSide.start()) {
            Ran ran = Ran.simulate(
                    farSide,
                    "--client-certificate=" + directory.resolve("meta.pem"),
                    "--trust=" + directory.resolve("ca.pem"));

            assertThat(ran.err()).isEmpty();
            assertThat(ran.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandWorks(String command) throws IOException {
        Path body = Files.write(directory.resolve("body.json"), Payloads.read("messages/text_full"));
        // Those that show a load are sent to a server of this test, which has no need of so much.
        String here = command.replace("body.json", body.toString()).replaceAll("--count \\d{4,}", "--count 100");
        try (FarSide farSide = FarSide.start()) {
            String[] arguments = ARGUMENT.matcher(here.replace(
                            "demo-secret=http://localhost:8080/webhooks/whatsapp",
                            FarSide.SECRET + "=" + farSide.url()))
                    .results()
                    .map(result -> result.group(1) == null ? result.group(2) : result.group(1))
                    .toArray(String[]::new);
            Ran ran = Ran.simulate(farSide, arguments);

            assertThat(ran.err()).isEmpty();
            assertThat(ran.exitCode()).isZero();
            assertThat(farSide.bodies()).isNotEmpty();
        }
    }
}
