package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshPagesTests {

    @Test
    void largePayloadsAreMovedFewAtATime(@TempDir Path directory) throws Exception {
        SqliteStore.open(directory).close();
        try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).openForWriting()) {
            SqliteDatabase.execute(
                    connection,
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)"
                            + " INSERT INTO payload (id, body) SELECT i, zeroblob(4 << 20) FROM n");
            SqliteDatabase.begin(connection);
            assertThat(new FreshPages(connection).around("payload", "id", List.of(20L)))
                    .isEqualTo(21);
            SqliteDatabase.commit(connection);
        }
    }
}
