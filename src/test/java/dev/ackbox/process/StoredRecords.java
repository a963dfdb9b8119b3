package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.ProgressFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is in the inbox of a service that does not run.
 *
 * @param items names of the items, by record id
 * @param conversations what each record keeps its order in, by record id
 * @param waiting ids of the records that are to be handled
 * @param dead ids of dead letters
 */
record StoredRecords(Map<Long, String> items, Map<Long, String> conversations, Set<Long> waiting, Set<Long> dead) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads a copy: opening the file itself would do the repairs that the next start of the service has to do.
     *
     * @param directory what the service was started in
     */
    static StoredRecords in(Path directory) throws IOException, SQLException {
        Path copy = Files.createTempDirectory(directory, "copy-");
        for (String file : List.of("inbox.db", "inbox.db-wal")) {
            Path original = AckboxProcess.dataIn(directory).resolve(file);
            if (Files.exists(original)) {
                Files.copy(original, copy.resolve(file));
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("inbox.db"));
                Statement statement = connection.createStatement()) {
            assertThat(column(statement, "PRAGMA integrity_check", String.class))
                    .containsExactly("ok");
            return read(statement);
        }
    }

    private static StoredRecords read(Statement statement) throws SQLException {
        Map<Long, String> items = new TreeMap<>();
        Map<Long, String> conversations = new TreeMap<>();
        Map<Lane, LaneProgress> progress = progress(statement);
        Set<Long> waiting = new HashSet<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT record.id, lane, conversation, body FROM record" + " JOIN payload ON payload.id = record.id")) {
            while (rows.next()) {
                long id = rows.getLong("id");
                items.put(id, itemIn(rows.getBytes("body")));
                conversations.put(id, rows.getInt("lane") + " " + rows.getLong("conversation"));
                if (!isPassed(id, progress.get(Lane.ofCode(rows.getInt("lane"))))) {
                    waiting.add(id);
                }
            }
        }
        waiting.addAll(ids(statement, "SELECT id FROM delivery WHERE state < 2"));
        return new StoredRecords(
                items, conversations, waiting, Set.copyOf(ids(statement, "SELECT id FROM delivery WHERE state = 2")));
    }

    private static Map<Lane, LaneProgress> progress(Statement statement) throws SQLException {
        List<byte[]> lanes = column(statement, "SELECT lanes FROM progress WHERE consumer = 'handlers'", byte[].class);
        return lanes.isEmpty() ? Map.of() : ProgressFormat.fromBytes(lanes.get(0));
    }

    private static boolean isPassed(long id, @Nullable LaneProgress progress) {
        return progress != null
                && (id <= progress.position()
                        || progress.completed().stream().anyMatch(range -> range.first() <= id && id <= range.last()));
    }

    private static List<Long> ids(Statement statement, String query) throws SQLException {
        return column(statement, query, Number.class).stream()
                .map(Number::longValue)
                .toList();
    }

    private static <T> List<T> column(Statement statement, String query, Class<T> type) throws SQLException {
        List<T> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(type.cast(rows.getObject(1)));
            }
        }
        return values;
    }

    /** The name of the one item that a record's payload has. */
    private static String itemIn(byte[] payload) {
        JsonNode value = JSON.readTree(payload).at("/entry/0/changes/0/value");
        List<String> names = new ArrayList<>();
        value.path("messages").forEach(message -> names.add(message.path("id").asString()));
        value.path("statuses")
                .forEach(status -> names.add(status.path("id").asString() + " "
                        + status.path("status").asString()));
        assertThat(names).hasSize(1);
        return names.get(0);
    }

    /** Ids of the records that need not be handled again. */
    Set<Long> completed() {
        Set<Long> completed = new HashSet<>(items.keySet());
        completed.removeAll(waiting);
        completed.removeAll(dead);
        return completed;
    }

    /** Names of the items of some records. */
    Set<String> itemsOf(Set<Long> ids) {
        return ids.stream().map(items::get).collect(Collectors.toSet());
    }
}
