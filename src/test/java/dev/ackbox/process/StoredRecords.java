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
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is in the inbox of a service that does not run.
 *
 * @param items names of the items, by record id
 * @param conversations what each record keeps its order in, by record id
 * @param consumers how far each one is, by name
 * @param forgotten what retention has come to
 */
record StoredRecords(
        Map<Long, String> items,
        Map<Long, String> conversations,
        Map<String, ConsumerProgress> consumers,
        Forgotten forgotten) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What retention has come to.
     *
     * @param erased payloads up to this id are erased, unless a delivery needs them
     * @param deleted records up to this id are deleted, unless there is a delivery of them
     * @param leftOver ids of payloads and records that should not be there any more
     */
    record Forgotten(long erased, long deleted, List<Long> leftOver) {}

    /**
     * Reads a copy: opening the file itself would do the repairs that the next start of the service has to do.
     *
     * @param directory what the service was started in
     */
    static StoredRecords in(Path directory) throws IOException, SQLException {
        return in(directory, 0);
    }

    /**
     * Reads a copy.
     *
     * @param after items and conversations are read of records behind this id
     */
    static StoredRecords in(Path directory, long after) throws IOException, SQLException {
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
            return read(statement, after);
        } finally {
            FileSystemUtils.deleteRecursively(copy);
        }
    }

    private static StoredRecords read(Statement statement, long after) throws SQLException {
        Map<Long, String> items = new TreeMap<>();
        Map<Long, String> conversations = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT record.id, lane, conversation, body FROM record"
                + " JOIN payload ON payload.id = record.id WHERE record.id > " + after)) {
            while (rows.next()) {
                long id = rows.getLong("id");
                items.put(id, itemIn(rows.getBytes("body")));
                conversations.put(id, rows.getInt("lane") + " " + rows.getLong("conversation"));
            }
        }
        Map<String, ConsumerProgress> consumers = new TreeMap<>();
        for (String name : column(statement, "SELECT name FROM consumer", String.class)) {
            consumers.put(name, progress(statement, name));
        }
        return new StoredRecords(items, conversations, consumers, forgotten(statement));
    }

    private static ConsumerProgress progress(Statement statement, String name) throws SQLException {
        String ofConsumer = " FROM consumer LEFT JOIN progress ON consumer = name WHERE name = '" + name + "'";
        String deliveries = "SELECT count(*) FROM delivery WHERE consumer = '" + name + "' AND state = ";
        ConsumerProgress.Counts counts = new ConsumerProgress.Counts(
                number(statement, "SELECT (SELECT last_id FROM store) - start_id - unused" + ofConsumer),
                number(statement, "SELECT coalesce(completed, 0)" + ofConsumer),
                number(statement, deliveries + 2),
                number(statement, "SELECT coalesce(discarded, 0) + forgotten" + ofConsumer)
                        + number(statement, deliveries + 3));
        ConsumerProgress progress = ConsumerProgress.of(number(statement, "SELECT paused" + ofConsumer) == 1, counts);
        long floor = number(statement, "SELECT coalesce(floor, start_id)" + ofConsumer);
        Map<Lane, LaneProgress> lanes = lanes(statement, name);
        try (ResultSet rows = statement.executeQuery("SELECT id, lane FROM record WHERE id > " + floor)) {
            while (rows.next()) {
                if (!isPassed(rows.getLong(1), lanes.get(Lane.ofCode(rows.getInt(2))))) {
                    add(rows.getLong(1), progress.open().get(ConsumerProgress.Waiting.NOT_PASSED));
                }
            }
        }
        try (ResultSet rows = statement.executeQuery(
                "SELECT id, state FROM delivery WHERE state < 3 AND consumer = '" + name + "'")) {
            while (rows.next()) {
                add(
                        rows.getLong(1),
                        switch (rows.getInt(2)) {
                            case 0 -> progress.open().get(ConsumerProgress.Waiting.HELD);
                            case 1 -> progress.open().get(ConsumerProgress.Waiting.RETRY);
                            default -> progress.dead();
                        });
            }
        }
        return progress;
    }

    private static void add(long id, @Nullable BitSet ids) {
        Objects.requireNonNull(ids).set(Math.toIntExact(id));
    }

    private static Map<Lane, LaneProgress> lanes(Statement statement, String consumer) throws SQLException {
        List<byte[]> lanes =
                column(statement, "SELECT lanes FROM progress WHERE consumer = '" + consumer + "'", byte[].class);
        return lanes.isEmpty() ? Map.of() : ProgressFormat.fromBytes(lanes.get(0));
    }

    private static boolean isPassed(long id, @Nullable LaneProgress progress) {
        return progress != null
                && (id <= progress.position()
                        || progress.completed().stream().anyMatch(range -> range.first() <= id && id <= range.last()));
    }

    private static Forgotten forgotten(Statement statement) throws SQLException {
        List<Long> leftOver = new ArrayList<>(ids(
                statement,
                "SELECT id FROM payload WHERE id <= (SELECT erased_through FROM store)"
                        + " AND id NOT IN (SELECT id FROM delivery WHERE state < 3)"));
        leftOver.addAll(ids(
                statement,
                "SELECT id FROM record WHERE id <= (SELECT deleted_through FROM store)"
                        + " AND id NOT IN (SELECT id FROM delivery)"));
        return new Forgotten(
                number(statement, "SELECT erased_through FROM store"),
                number(statement, "SELECT deleted_through FROM store"),
                leftOver);
    }

    private static long number(Statement statement, String query) throws SQLException {
        return ids(statement, query).get(0);
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
    static String itemIn(byte[] payload) {
        JsonNode value = JSON.readTree(payload).at("/entry/0/changes/0/value");
        List<String> names = new ArrayList<>();
        value.path("messages").forEach(message -> names.add(message.path("id").asString()));
        value.path("statuses")
                .forEach(status -> names.add(status.path("id").asString() + " "
                        + status.path("status").asString()));
        assertThat(names).hasSize(1);
        return names.get(0);
    }

    ConsumerProgress consumer(String name) {
        return Objects.requireNonNull(consumers.get(name), name);
    }

    /** Ids of the records that handlers need not handle again. */
    Set<Long> completed() {
        BitSet others = consumer("handlers").waiting();
        others.or(consumer("handlers").dead());
        Set<Long> completed = new HashSet<>(items.keySet());
        completed.removeIf(id -> others.get(id.intValue()));
        return completed;
    }

    /** Names of the items of some records. */
    Set<String> itemsOf(Set<Long> ids) {
        return ids.stream().map(items::get).collect(Collectors.toSet());
    }
}
