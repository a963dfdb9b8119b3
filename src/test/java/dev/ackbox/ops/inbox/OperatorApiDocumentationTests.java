package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each command in operator-api.md works as it stands there. */
@Tag("slow")
class OperatorApiDocumentationTests extends OperatedService {

    /** In place of a record that is there. */
    private static final String ID = "42";

    /** In place of a replay that is there. */
    private static final String REPLAY = "replay-0123456789ab";

    private static final String SHELL = "set -e; curl() { command curl -sS --fail-with-body \"$@\"; }\n";

    @Test
    void eachCommandWorks() throws Exception {
        List<String> ran = new ArrayList<>();
        for (String command : commands()) {
            String id = deadLetter(ran.size());
            String answer = run(withReplay(command)
                    .replace(":8081/", ":" + managementPort + "/")
                    .replace("/" + ID, "/" + id)
                    .replace("[" + ID + "]", "[" + id + "]"));
            assertThat(answer).as(command).isNotEmpty();
            ran.add(command);
        }
        assertThat(ran).hasSizeGreaterThan(12);
    }

    /** The one that an earlier command has started. */
    private String withReplay(String command) throws Exception {
        return command.contains(REPLAY)
                ? command.replace(
                        REPLAY,
                        ok(get("/replays")).path("replays").path(0).path("id").stringValue())
                : command;
    }

    private static List<String> commands() throws Exception {
        return Files.readAllLines(Path.of("src/docs/operator-api.md")).stream()
                .filter(line -> line.startsWith("    curl "))
                .map(String::strip)
                .toList();
    }

    /** Returns the id of a new one. */
    private String deadLetter(int number) throws Exception {
        String wamid = "wamid.documentation" + number;
        send(wamid, USER, "fail");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ok(get("/records?message=" + wamid)).path("records").size() == 1);
        JsonNode records = ok(get("/records?message=" + wamid)).path("records");
        return records.path(0).path("id").asString("");
    }

    private static String run(String command) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", SHELL + command).redirectErrorStream(true);
        shell.environment().put("ACKBOX_MANAGEMENT_PASSWORD", PASSWORD);
        Process process = shell.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + answer).isZero();
        return answer;
    }
}
