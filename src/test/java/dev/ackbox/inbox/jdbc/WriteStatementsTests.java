package dev.ackbox.inbox.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.MovableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteStatementsTests {

    /** The disk may be full again, or the process killed, between the two halves of a probe. */
    @Test
    void probesWhereAnEarlierProbeLeftSomethingBehind(@TempDir Path directory) throws Exception {
        SqliteDatabase database = new SqliteDatabase(directory.resolve("inbox.db"));
        database.migrate();
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO probe (id, filler) VALUES (1, zeroblob(1))");
        }
        try (WriteStatements statements = new WriteStatements(database.openForWriting(), new MovableClock(), 0)) {
            assertThatCode(statements::probe).doesNotThrowAnyException();
        }
    }

    /** A connection that stays open could keep the lock for good, and keeps a file. */
    @Test
    void closesItsConnectionWhereItCannotBePrepared(@TempDir Path directory) throws Exception {
        Connection withoutSchema = new SqliteDatabase(directory.resolve("empty.db")).openForWriting();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> new WriteStatements(withoutSchema, new MovableClock(), 0));
        assertThat(withoutSchema.isClosed()).isTrue();
    }
}
