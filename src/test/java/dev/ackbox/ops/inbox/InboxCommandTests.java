package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.CommandRun;
import dev.ackbox.operator.InboxCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The command {@code inbox} against a running service. */
@Tag("slow")
class InboxCommandTests extends OperatedService {

    private final String user = USER + "7" + System.nanoTime() % 1_000;

    @Test
    void deadLettersAreFoundShownRequeuedAndDiscarded() throws Exception {
        send("wamid.command1" + user, user, "fail");
        send("wamid.command2" + user, user, "fail ü");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> json("dead", "--user=" + user).path("records").size() == 2);
        CommandRun found = run("find", "--user=" + user, "--state=dead");
        assertThat(found.out())
                .containsPattern("ID +RECEIVED +FIELD +STATE +FAILED +SIZE +LAST FAILURE")
                .containsPattern("messages +dead +1 +[0-9]+ +orders: a defect")
                .doesNotContain(user);
        String id = json("dead", "--user=" + user, "--limit=1")
                .path("records")
                .path(0)
                .path("id")
                .asString();
        assertThat(run("dead", "--user=" + user, "--limit=1").out()).contains("--cursor=" + id);
        assertThat(run("show", id).out())
                .containsPattern("field +messages")
                .containsPattern("state +dead")
                .containsPattern("attempt 1 +2[-0-9]+T[0-9:.]+Z orders: a defect");
        String payload = get("/records/" + id + "/payload").body();
        assertThat(payload).contains("wamid.command2" + user, "ü");
        assertThat(printedBytes(() -> run("show", id, "--payload")))
                .isEqualTo(payload.getBytes(StandardCharsets.UTF_8));
        assertThat(run("requeue", "--user=" + user, "--dry-run").out()).contains("would be requeued: 2");
        defect = false;
        assertThat(run("requeue", "--id=" + id).out()).isEqualToIgnoringNewLines("Records requeued: 1");
        assertThat(run("discard", "--user=" + user, "--reason=a test").out())
                .isEqualToIgnoringNewLines("Records discarded: 1");
    }

    @Test
    void replaysAreStartedListedAndStopped() throws Exception {
        defect = false;
        send("wamid.command" + user, user, "hello");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> json("find", "--user=" + user, "--state=completed")
                                .path("records")
                                .size()
                        == 1);
        String replay = json("replay", "--user=" + user, "--handler=orders", "--rate=7")
                .path("id")
                .asString();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> run("replay", "--list").out().contains("ended"));
        assertThat(run("replay", "--list").out()).containsPattern(replay + " +ended +1 +1 +0 +0 +0 +orders +7");
        assertThat(run("stats").out()).contains("CONSUMER", "handlers", "REPLAY", replay, "FIELD", "freeBytes");
        assertThat(run("replay", "--stop=" + replay).exitCode()).isZero();
        assertThat(run("replay", "--stop=" + replay).exitCode()).isEqualTo(1);
    }

    @Test
    void aUserIsErasedOnlyWhereThatIsMeant() throws Exception {
        send("wamid.command" + user, user, "hello");
        CommandRun refused = run("erase", user);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes");
        assertThat(run("erase", "+" + user, "--yes").out()).contains("Records erased: 1");
    }

    @Test
    void aBackupIsMade() {
        CommandRun ran = run("backup");
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).containsPattern("inbox-[0-9TZ.]+\\.db +completed +[0-9]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "find --state=lost",
                "requeue",
                "requeue --user=1 --id=1",
                "discard --all",
                "replay --all --rate=0",
                "replay --stop=replay-1 --dry-run",
                "replay --stop=replay-1 --list",
                "replay --list --rate=5",
                "replay --all --handler=nobody",
                "show x",
                "find --usr=1"
            })
    void wrongUsageIsExitCodeTwo(String line) {
        CommandRun ran = run(line.split(" "));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isNotEmpty();
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsExitCodeOne() {
        assertThat(run("show", "999999999").exitCode()).isEqualTo(1);
        CommandRun nobody = CommandRun.of(command("wrong-password-of-nobody"), "stats", "--url=" + url());
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err()).contains("ACKBOX_MANAGEMENT_PASSWORD");
        CommandRun closed = CommandRun.of(command(PASSWORD), "stats", "--url=http://localhost:1");
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.err()).contains("http://localhost:1: nobody listens there");
    }

    @Test
    void aDirectoryIsCheckedWhileTheServiceRuns() {
        CommandRun ran = run("check", directory.resolve("data").toString(), "--full");
        assertThat(ran.out())
                .containsPattern("integrity +ok +all pages and indexes")
                .containsPattern("schema +ok +version \\d+; this Ackbox has \\d+")
                .containsPattern("consumers +ok +handlers: ")
                .containsPattern("space +")
                .containsPattern("disk +");
    }

    @Test
    void aDatabaseThatIsDamagedIsFound(@TempDir Path other) throws Exception {
        assertThat(run("check", other.toString()).exitCode()).isEqualTo(1);
        assertThat(run("backup").exitCode()).isZero();
        Path copy;
        try (var files = Files.list(directory.resolve("backups"))) {
            copy = files.filter(file -> file.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(copy);
        Files.write(other.resolve("inbox.db"), bytes);
        CommandRun sound = run("check", other.toString());
        assertThat(sound.out()).as("while no service runs").containsPattern("integrity +ok");
        assertThat(Files.list(other)).as("nothing is left there").hasSize(1);
        java.util.Arrays.fill(bytes, 8_192, bytes.length - 4_096, (byte) 7);
        Files.write(other.resolve("inbox.db"), bytes);
        CommandRun damaged = run("check", other.toString(), "--json");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(JSON.readTree(damaged.out()).toString()).contains("\"ok\":false");
    }

    /** Those in the tables and in the examples. */
    @Test
    void whatTheDocumentationNamesIsThere() throws Exception {
        List<String> named = Pattern.compile("(?:`|ackbox\\.jar )(inbox [a-z][^`\\n]*)")
                .matcher(Files.readString(Path.of("src/docs/operator-api.md")))
                .results()
                .map(found -> found.group(1).substring("inbox ".length()).replace("\"", ""))
                .toList();
        assertThat(named).hasSizeGreaterThan(12);
        for (String line : named) {
            new CommandLine(command(PASSWORD))
                    .parseArgs(line.replace("test orders", "tests").split(" "));
        }
    }

    private static byte[] printedBytes(Runnable command) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.US_ASCII));
        try {
            command.run();
        } finally {
            System.setOut(before);
        }
        return printed.toByteArray();
    }

    private String url() {
        return "http://localhost:" + managementPort + "/";
    }

    private static InboxCommand command(String password) {
        return new InboxCommand(() -> CommandRun.settings(Map.of("ackbox.management.password", password)));
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url=" + url());
        return CommandRun.of(command(PASSWORD), all.toArray(String[]::new));
    }

    private JsonNode json(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--json");
        CommandRun ran = run(all.toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }
}
