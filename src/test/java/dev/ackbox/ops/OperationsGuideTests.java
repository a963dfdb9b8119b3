package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.ServiceTest;
import dev.ackbox.security.SecretDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.yaml.snakeyaml.Yaml;

/** The commands and the YAML of the operator's guide do what it says. */
@ServiceTest
class OperationsGuideTests {

    private static final Path GUIDE = Path.of("src/docs/operations.md");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final String HOST = "https://webhooks.example.com";

    @TempDir
    private Path directory;

    @LocalServerPort
    private int port;

    @Test
    void theHandshakeIsAnswered() throws Exception {
        assertThat(run(command("curl -i "))).contains("HTTP/1.1 200").endsWith("1158201444");
    }

    @Test
    void theDigestIsTheOneOfTheStartupReport() throws Exception {
        assertThat(run(command("printf ")).strip()).isEqualTo(SecretDigest.of("secret"));
    }

    @Test
    void simulateIsAnswered200() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String command = command("java -jar ackbox.jar simulate")
                .replace("java -jar ackbox.jar", "'" + java + "' -cp \"$CLASSES\" dev.ackbox.AckboxApplication");
        assertThat(run(command)).contains("200");
    }

    @Test
    void theAlertsAreEight() throws IOException {
        List<Map<String, Object>> rules = rules();
        assertThat(rules).hasSize(8);
        assertThat(rules).allSatisfy(rule -> assertThat(rule).containsKeys("alert", "expr", "annotations"));
    }

    @Test
    void promtoolTakesTheAlerts() throws Exception {
        Path file = Files.writeString(directory.resolve("rules.yml"), yaml("groups:"));
        assertThat(Promtool.run("", "check", "rules", file.toString())).contains("SUCCESS: 8 rules found");
    }

    private List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(yaml("groups:"));
        return file.get("groups").get(0).get("rules");
    }

    @Test
    void allYamlIsYaml() throws IOException {
        assertThat(YAML.matcher(Files.readString(GUIDE)).results())
                .hasSize(2)
                .allSatisfy(block -> assertThat(new Yaml().<Map<String, Object>>load(block.group(1)))
                        .isNotEmpty());
    }

    private static String yaml(String start) throws IOException {
        return YAML.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.startsWith(start))
                .collect(Collectors.joining());
    }

    /** The indented line that begins like this, for the service of this test. */
    private String command(String start) throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("    " + start))
                .findFirst()
                .orElseThrow()
                .strip()
                .replace(HOST, "http://127.0.0.1:" + port);
    }

    private static String run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(false);
        builder.environment().putAll(Map.of("ACKBOX_VERIFY_TOKEN", "token", "ACKBOX_APP_SECRET", "secret"));
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
