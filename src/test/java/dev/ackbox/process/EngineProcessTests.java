package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.AckboxApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the service starts on each engine. */
class EngineProcessTests {

    private static final Duration FAILED_START = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void loadsNothingOfPostgresqlWhereTheInboxIsInSqlite() throws Exception {
        Path classes = directory.resolve("classes.log");
        try (AckboxProcess ackbox = AckboxProcess.in(directory)
                .running(AckboxApplication.class)
                .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes)
                .start()
                .awaitReady()) {
            assertThat(ackbox.isAlive()).isTrue();
            assertThat(Files.readString(classes))
                    .contains("org.sqlite.")
                    .doesNotContain("org.postgresql.", "com.zaxxer.hikari.", "dev.ackbox.inbox.postgresql.Postgres");
        }
    }

    @Test
    void doesNotStartWithoutItsDatabase() {
        try (AckboxProcess ackbox = AckboxProcess.in(directory)
                .running(AckboxApplication.class)
                .with("ACKBOX_INBOX_ENGINE", "postgresql")
                .with("ACKBOX_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/ackbox")
                .with("ACKBOX_DATABASE_USERNAME", "ackbox")
                .with("ACKBOX_DATABASE_PASSWORD", "geheim")
                .start()) {
            assertThat(ackbox.awaitExit(FAILED_START)).isEqualTo(1);
            assertThat(ackbox.output())
                    .contains("The database jdbc:postgresql://127.0.0.1:1/ackbox cannot be used")
                    .contains("Start the database, or name another one with ACKBOX_DATABASE_URL")
                    .doesNotContain("geheim")
                    .doesNotContain("at dev.ackbox");
        }
    }

    @Test
    void doesNotStartWithoutAUrl() {
        try (AckboxProcess ackbox = AckboxProcess.in(directory)
                .running(AckboxApplication.class)
                .with("ACKBOX_INBOX_ENGINE", "postgresql")
                .start()) {
            assertThat(ackbox.awaitExit(FAILED_START)).isEqualTo(1);
            assertThat(ackbox.output())
                    .contains("'ackbox.inbox.postgresql.url' is not set")
                    .contains("Set ACKBOX_DATABASE_URL");
        }
    }
}
