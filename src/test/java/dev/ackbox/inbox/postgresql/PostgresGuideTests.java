package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.engine.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page on PostgreSQL has operators run. */
@Tag("slow")
class PostgresGuideTests {

    private final PostgresFixture fixture = new PostgresFixture();

    /** Each statement of a block that contains some text. */
    private static List<String> statements(String part) throws Exception {
        List<String> blocks = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/docs/postgresql.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(block -> block.contains(part))
                .toList();
        assertThat(blocks).as("blocks with '%s'", part).hasSize(1);
        String sql =
                blocks.get(0).lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        return Arrays.stream(sql.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String next : statements) {
                statement.execute(next);
            }
        }
    }

    @Test
    void aUserWhoOwnsTheDatabaseIsEnough() throws Exception {
        try (Connection administrator = fixture.connect()) {
            execute(administrator, List.of("DROP DATABASE IF EXISTS ackbox", "DROP ROLE IF EXISTS ackbox"));
            execute(administrator, statements("CREATE USER"));
        }
        String url = "jdbc:postgresql://localhost:" + PostgresServer.port() + "/ackbox";
        try (Store store = PostgresStore.open(new PostgresDatabase(url, "ackbox", "change it"))) {
            assertThat(store.hold().shares()).hasSize(store.shares());
        }
        try (Connection stranger = fixture.connect();
                Connection ackbox = DriverManager.getConnection(url, "ackbox", "change it")) {
            stranger.setAutoCommit(false);
            execute(stranger, List.of("SELECT pg_current_xact_id()"));
            await().untilAsserted(() -> assertThat(new Sql(ackbox).number(ServerState.OLDEST_TRANSACTION))
                    .as("seconds for which the transaction of another user has been open")
                    .isPositive());
        }
        try (Connection administrator = fixture.connect()) {
            execute(administrator, List.of("DROP DATABASE ackbox", "DROP ROLE ackbox"));
        }
    }

    @Test
    void queriesForOperatorsAnswer() throws Exception {
        try (Store store = fixture.open();
                Connection connection = fixture.connect()) {
            store.hold();
            execute(connection, statements("pg_stat_activity"));
            execute(connection, statements("pg_total_relation_size"));
            execute(connection, statements("ackbox.progress"));
            execute(connection, statements("SELECT subject, at FROM ackbox.erasure;"));
        }
    }

    @Test
    void aListOfErasuresIsPutBackAfterARestore() throws Exception {
        Instant earlier = Instant.ofEpochMilli(1_000);
        Instant later = Instant.ofEpochMilli(2_000);
        try (Store store = fixture.open();
                Connection connection = fixture.connect()) {
            store.erasureDone(1, earlier);
            store.erasureDone(2, later);
            List<String> statements = statements("CREATE TEMPORARY TABLE listed");
            execute(connection, statements.subList(0, 1));
            execute(connection, List.of("INSERT INTO listed VALUES (1, 2000), (2, 2000), (3, 3000)"));
            execute(connection, statements.subList(1, statements.size()));
            assertThat(store.missedErasures())
                    .containsOnlyKeys(1L, 3L)
                    .containsEntry(1L, later)
                    .containsEntry(3L, Instant.ofEpochMilli(3_000));
        }
    }
}
