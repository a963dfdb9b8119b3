package dev.ackbox.operator;

import dev.ackbox.command.Settings;
import dev.ackbox.command.Table;
import dev.ackbox.command.TerminalCommand;
import dev.ackbox.command.WebUrl;
import dev.ackbox.inbox.sqlite.DataCheck;
import dev.ackbox.operator.OperatorApi.ApiException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

/** Finds records of a running Ackbox and deals with them, over its operator API; checks the files of one. */
@Command(
        name = "inbox",
        description = "Finds records of a running Ackbox, and deals with them. Needs ACKBOX_MANAGEMENT_PASSWORD, or"
                + " ACKBOX_MANAGEMENT_TOKEN.",
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:not done, or something was found wrong", "2:wrong usage"})
public final class InboxCommand extends TerminalCommand {

    private static final long POLL_MILLIS = 500;

    private final Supplier<Settings> settings;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "<url>",
            defaultValue = "http://localhost:8081",
            description = "The management port (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://localhost:8081");

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON, for programs.")
    private boolean json;

    public InboxCommand() {
        this(Settings::read);
    }

    /** @param settings read when a command needs them */
    public InboxCommand(Supplier<Settings> settings) {
        this.settings = settings;
    }

    /** Of the settings, what a command needs. */
    record Access(@DefaultValue("") String password) {}

    /** What a command asks. */
    private interface Question {

        JsonNode ask(OperatorApi api) throws InterruptedException;
    }

    /** How an answer is told to people. */
    private interface Report {

        void print(JsonNode answer);
    }

    /** What a command does with the API. */
    private interface Action {

        void run(OperatorApi api) throws InterruptedException;
    }

    private int ask(Question question, Report report) throws InterruptedException {
        return run(api -> {
            JsonNode answer = question.ask(api);
            if (json) {
                print(answer);
            } else {
                report.print(answer);
            }
        });
    }

    private int run(Action action) throws InterruptedException {
        require(WebUrl.isWhole(url), spec(), "--url must be http:// or https:// with a host, but was " + url);
        try {
            Settings known = settings.get();
            String password = known.bind("ackbox.management", Access.class).password();
            action.run(new OperatorApi(url, OperatorApi.authorization(known.get(OperatorApi.TOKEN), password)));
            return ExitCode.OK;
        } catch (ApiException ex) {
            spec().commandLine().getErr().println(ex.getMessage());
            return ex.isUsage() ? ExitCode.USAGE : ExitCode.SOFTWARE;
        } finally {
            out().flush();
        }
    }

    @Command(name = "stats", description = "How many records there are, by consumer and field; room on the disk.")
    int stats() throws InterruptedException {
        return ask(api -> api.get(""), answer -> {
            Table consumers = new Table(
                    "CONSUMER", "ASSIGNED", "COMPLETED", "WAITING", "RETRYING", "HELD", "DEAD", "DISCARDED", "PAUSED");
            answer.path("consumers")
                    .forEach(next -> consumers.add(cells(
                            next,
                            "name",
                            "assigned",
                            "completed",
                            "waiting",
                            "retrying",
                            "held",
                            "dead",
                            "discarded",
                            "paused")));
            consumers.print(out());
            if (!answer.path("replays").isEmpty()) {
                out().println();
                printReplays(answer.path("replays"));
            }
            out().println();
            Table fields = new Table("FIELD", "RECORDS");
            answer.path("fields")
                    .properties()
                    .forEach(next -> fields.add(next.getKey(), next.getValue().asString()));
            fields.print(out());
            out().println();
            Table storage = new Table("STORAGE", "");
            answer.path("storage").properties().stream()
                    .filter(next -> !next.getValue().isNull())
                    .forEach(next -> storage.add(next.getKey(), next.getValue().asString()));
            answer.path("warnings")
                    .properties()
                    .forEach(next -> storage.add(next.getKey(), next.getValue().asString()));
            storage.print(out());
        });
    }

    private void printReplays(JsonNode replays) {
        Table table =
                new Table("REPLAY", "STATE", "RECORDS", "COMPLETED", "WAITING", "DEAD", "SKIPPED", "HANDLER", "RATE");
        replays.forEach(next -> table.add(
                cells(next, "id", "state", "records", "completed", "waiting", "dead", "skipped", "handler", "rate")));
        table.print(out());
    }

    private static String[] cells(JsonNode row, String... names) {
        String[] cells = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            cells[i] = row.path(names[i]).asString("-");
        }
        return cells;
    }

    @Command(name = "find", description = "Finds records, newest first.")
    int find(
            @Mixin FilterOptions filter,
            @Option(names = "--state", description = "waiting, retrying, held, completed, dead or discarded.") @Nullable
                    String state,
            @Option(names = "--consumer", description = "Whose state counts (default: handlers).") @Nullable
                    String consumer,
            @Option(names = "--limit", description = "How many at most, up to 500 (default: 50).") @Nullable
                    Integer limit,
            @Option(names = "--cursor", description = "Goes on behind an earlier answer.") @Nullable String cursor)
            throws InterruptedException {
        return list("/records", filter, state, consumer, limit, cursor);
    }

    @Command(name = "dead", description = "Lists dead letters, newest first.")
    int dead(
            @Mixin FilterOptions filter,
            @Option(names = "--consumer", description = "Whose dead letters (default: handlers).") @Nullable
                    String consumer,
            @Option(names = "--limit", description = "How many at most, up to 500 (default: 50).") @Nullable
                    Integer limit,
            @Option(names = "--cursor", description = "Goes on behind an earlier answer.") @Nullable String cursor)
            throws InterruptedException {
        return list("/dead", filter, null, consumer, limit, cursor);
    }

    private int list(
            String path,
            FilterOptions filter,
            @Nullable String state,
            @Nullable String consumer,
            @Nullable Integer limit,
            @Nullable String cursor)
            throws InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>(filter.values());
        FilterOptions.put(parameters, "state", state);
        FilterOptions.put(parameters, "consumer", consumer);
        FilterOptions.put(parameters, "limit", limit == null ? null : limit.toString());
        FilterOptions.put(parameters, "cursor", cursor);
        return ask(api -> api.get(path + FilterOptions.query(parameters)), answer -> {
            Table table = new Table("ID", "RECEIVED", "FIELD", "STATE", "FAILED", "SIZE", "LAST FAILURE");
            answer.path("records")
                    .forEach(next -> table.add(cells(
                            next, "id", "receivedAt", "field", "state", "failedAttempts", "size", "lastFailure")));
            table.print(out());
            if (!answer.path("next").isNull()) {
                out().println("There may be more: --cursor="
                        + answer.path("next").asString());
            }
        });
    }

    @Command(name = "show", description = "Shows a record, with its state for each consumer and its failures.")
    int show(
            @Parameters(paramLabel = "<id>", description = "Id of the record.") long id,
            @Option(
                            names = "--payload",
                            description =
                                    "Print the notification as it is stored, and nothing else. Ackbox's audit notes it.")
                    boolean payload)
            throws InterruptedException {
        if (payload) {
            return run(api -> {
                byte[] stored = api.bytes("/records/" + id + "/payload");
                System.out.write(stored, 0, stored.length); // a writer would change them by its charset
                System.out.flush();
            });
        }
        return ask(api -> api.get("/records/" + id), answer -> {
            Table record = new Table("RECORD", answer.path("id").asString());
            answer.properties().stream()
                    .filter(next ->
                            next.getValue().isValueNode() && !next.getKey().equals("id"))
                    .forEach(next -> record.add(next.getKey(), next.getValue().asString()));
            record.print(out());
            for (JsonNode consumer : answer.path("consumers")) {
                out().println();
                Table state = new Table("CONSUMER", consumer.path("consumer").asString());
                consumer.properties().stream()
                        .filter(next ->
                                next.getValue().isValueNode() && !next.getKey().equals("consumer"))
                        .forEach(
                                next -> state.add(next.getKey(), next.getValue().asString()));
                consumer.path("failures")
                        .forEach(failure -> state.add(
                                "attempt " + failure.path("number").asString(),
                                failure.path("at").asString() + " "
                                        + failure.path("reason").asString()));
                state.print(out());
            }
        });
    }

    @Command(name = "requeue", description = "Has dead letters handled again.")
    int requeue(
            @Mixin SelectionOptions selection,
            @Option(names = "--consumer", description = "Whose dead letters (default: handlers).") @Nullable
                    String consumer)
            throws InterruptedException {
        return ask(
                api -> api.post("/dead/requeue", selection.body(consumer)), answer -> printCount(answer, "requeued"));
    }

    @Command(name = "discard", description = "Gives dead letters up.")
    int discard(
            @Mixin SelectionOptions selection,
            @Option(names = "--consumer", description = "Whose dead letters (default: handlers).") @Nullable
                    String consumer,
            @Option(names = "--reason", required = true, description = "Why, without personal data.") String reason)
            throws InterruptedException {
        Map<String, Object> body = selection.body(consumer);
        body.put("reason", reason);
        return ask(api -> api.post("/dead/discard", body), answer -> printCount(answer, "discarded"));
    }

    private void printCount(JsonNode answer, String done) {
        boolean dryRun = answer.path("dryRun").booleanValue(false);
        out().println("Records " + (dryRun ? "that would be " : "") + done + ": "
                + answer.path("count").asString());
    }

    @Command(name = "replay", description = "Brings records to the handlers once more; lists and stops such replays.")
    int replay(
            @Mixin SelectionOptions selection,
            @Option(names = "--handler", description = "The only handler to be called (default: all).") @Nullable
                    String handler,
            @Option(names = "--rate", description = "Records a second, up to 10000 (default: 100).") @Nullable
                    Integer rate,
            @Option(names = "--list", description = "List the replays.") boolean list,
            @Option(names = "--stop", paramLabel = "<replay>", description = "Stop a replay, and forget it.") @Nullable
                    String stop)
            throws InterruptedException {
        boolean starts = !selection.isEmpty() || handler != null || rate != null;
        if ((list && (starts || stop != null)) || (stop != null && starts)) {
            throw usage("--list and --stop go with no other option that says what to replay or how");
        }
        if (list) {
            return ask(api -> api.get("/replays"), answer -> printReplays(answer.path("replays")));
        }
        if (stop != null) {
            return ask(
                    api -> api.delete("/replays/" + FilterOptions.encoded(stop)),
                    answer -> printReplays(JSON.createArrayNode().add(answer)));
        }
        Map<String, Object> body = selection.body(null);
        if (handler != null) {
            body.put("handler", handler);
        }
        if (rate != null) {
            body.put("rate", rate);
        }
        return ask(api -> api.post("/replays", body), answer -> {
            if (answer.has("id")) {
                printReplays(JSON.createArrayNode().add(answer));
            } else {
                printCount(answer, "replayed");
            }
        });
    }

    @Command(name = "erase", description = "Erases a user. This cannot be undone.")
    int erase(
            @Parameters(paramLabel = "<user>", description = "A phone number or business-scoped ID.") String user,
            @Option(names = "--yes", description = "Needed, since it cannot be undone.") boolean yes)
            throws InterruptedException {
        require(yes, spec(), "--yes is needed: what is erased cannot be brought back");
        return ask(api -> api.delete("/users/" + FilterOptions.encoded(user)), answer -> {
            out().println("Records erased: " + answer.path("count").asString());
            out().println("Records from which the user was taken out: "
                    + answer.path("rewritten").asString());
            if (!answer.has("sweeping")) {
                out().println("Bytes of them stay in the database's files until a vacuum frees the room.");
            } else if (answer.path("sweeping").booleanValue(false)) {
                out().println("Bytes of them may be in the files until 'stats' says sweeping false.");
            }
        });
    }

    @Command(name = "backup", description = "Makes a backup, and waits for its end.")
    int backup() throws InterruptedException {
        boolean[] failed = new boolean[1];
        int code = ask(
                api -> {
                    JsonNode state = api.post("/backup", Map.of());
                    while (state.path("state").asString("").equals("running")) {
                        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                        state = api.get("/backup");
                    }
                    failed[0] = !state.path("state").asString("").equals("completed");
                    return state;
                },
                answer -> {
                    Table table = new Table("BACKUP", "STATE", "BYTES", "FAILURE");
                    table.add(cells(answer, "file", "state", "bytes", "failure"));
                    table.print(out());
                });
        return failed[0] ? ExitCode.SOFTWARE : code;
    }

    @Command(
            name = "check",
            description =
                    "Checks the data directory of the embedded inbox without changing it, while Ackbox is stopped or runs:"
                            + " integrity, schema, counts, how long a write to the disk takes, free space, clock. An inbox in"
                            + " PostgreSQL has none.")
    int check(
            @Parameters(paramLabel = "<directory>", description = "The data directory.") Path directory,
            @Option(names = "--full", description = "Check all content of the indexes, too. Reads all of the database.")
                    boolean full) {
        List<DataCheck.Finding> findings = new DataCheck(directory).run(full);
        if (json) {
            out().println(JSON.writeValueAsString(findings));
        } else {
            Table table = new Table("CHECK", "", "DETAIL");
            findings.forEach(next -> table.add(next.check(), next.ok() ? "ok" : "WRONG", next.detail()));
            table.print(out());
        }
        out().flush();
        return findings.stream().allMatch(DataCheck.Finding::ok) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
