package dev.ackbox.inbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteStoreTests extends StoreContract {

    private final FailingCommits commits = new FailingCommits();

    @TempDir
    private Path directory;

    @Override
    protected Store open() throws Exception {
        return SqliteStore.open(directory, null, commits);
    }

    @Override
    protected void failNextCommit(boolean isDurable) {
        commits.fail(1, isDurable);
    }

    @Nested
    class DataDirectories {

        @Test
        void areUsedByOneStoreAtATime() {
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> SqliteStore.open(directory))
                    .withMessageContaining("in use by another Ackbox");
        }

        @Test
        void areNamedWhereTheyCannotBeCreated() throws Exception {
            Path below = Files.createFile(directory.resolve("file")).resolve("below");
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> SqliteStore.open(below))
                    .withMessageContaining(below.toString());
        }

        @Test
        void haveNoLogOnceTheStoreIsClosed() throws Exception {
            append("a");
            page(Lane.CHANGES);
            store.close();
            assertThat(directory.resolve("inbox.db-wal")).doesNotExist();
            store = open();
        }
    }

    /** Keys of the newest records are in memory, and go into their table a run at a time. */
    @Nested
    class Indexing {

        /** Enough to begin a run, and not enough to complete it. */
        private static final int RECORDS = 36_000;

        private static final int KEYS_OF_A_RUN = 32_768;

        private final List<String> names = names("n", RECORDS);

        @TempDir
        private Path copy;

        @Test
        void knowsAllKeysAfterARestartInTheMiddleOfARun() throws Exception {
            appendInSteps();
            reopen();
            assertAllAreKnown();
        }

        @Test
        void knowsAllKeysAfterACrashInTheMiddleOfARun() throws Exception {
            appendInSteps();
            for (String file : List.of("inbox.db", "inbox.db-wal")) {
                Files.copy(directory.resolve(file), copy.resolve(file));
            }
            store.close();
            directory = copy;
            store = open();
            assertAllAreKnown();
        }

        @Test
        void knowsAllKeysWhenTheRunIsComplete() throws Exception {
            appendInSteps();
            append(names("later", RECORDS));
            assertThat(count("SELECT count(*) FROM run")).isPositive();
            assertAllAreKnown();
            reopen();
            assertAllAreKnown();
        }

        /** Where few records come. */
        @Test
        void writesWhatIsADayOld() throws Exception {
            append("a");
            live(Duration.ofDays(2));
            assertThat(count("SELECT count(*) FROM seen")).isEqualTo(1);
            assertThat(count("SELECT count(*) FROM lookup")).isEqualTo(2);
            assertThat(append("a").isNew().isEmpty()).isTrue();
        }

        @Test
        void keepsNothingOfWhatIsForgotten() throws Exception {
            append("a");
            live(RETENTION.maxHold().plusDays(1));
            append("b");
            live(RETENTION.maxHold().plusDays(1));
            for (String table : List.of("record", "payload", "seen", "lookup", "delivery", "attempt")) {
                assertThat(count("SELECT count(*) FROM " + table)).as(table).isZero();
            }
        }

        private void appendInSteps() throws Exception {
            for (int i = 0; i < RECORDS; i += 500) {
                append(names.subList(i, i + 500));
            }
            assertThat(count("SELECT count(*) FROM seen"))
                    .as("keys of a run that has begun")
                    .isBetween(1L, KEYS_OF_A_RUN - 1L);
        }

        private void assertAllAreKnown() throws Exception {
            List<String> unknown = new ArrayList<>();
            for (int i = 0; i < RECORDS; i += 1_000) {
                int from = i;
                append(names.subList(i, i + 1_000)).isNew().stream().forEach(at -> unknown.add(names.get(from + at)));
            }
            assertThat(unknown).isEmpty();
        }
    }

    @Nested
    class ErasingSubjects {

        /** Records are erased before and after their subjects have gone into the table. */
        @Test
        void leavesNoSubject() throws Exception {
            long first = appendOne("a");
            live(Duration.ofDays(2));
            long second = appendOne("b");
            store.erase(List.of(first, second));
            live(Duration.ofDays(2));
            assertThat(count("SELECT count(*) FROM seen")).as("keys are kept").isEqualTo(2);
            assertThat(count("SELECT count(*) FROM lookup")).isZero();
            assertThat(count("SELECT count(*) FROM record WHERE subjects IS NOT NULL"))
                    .isZero();
        }

        @Test
        void leavesNoSubjectInTheMiddleOfARun() throws Exception {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 36; i++) {
                ids.addAll(ids(append(names(i + "-", 1_000))));
            }
            assertThat(count("SELECT count(*) FROM lookup")).isPositive();
            List<Long> erased = ids.subList(0, 35_000);
            store.erase(erased);
            append(names("later", 40_000));
            assertThat(count("SELECT count(*) FROM run")).isPositive();
            assertThat(count("SELECT count(*) FROM lookup WHERE id <= " + erased.get(erased.size() - 1)))
                    .isZero();
            assertThat(count("SELECT count(*) FROM lookup WHERE id = " + ids.get(35_500)))
                    .isIn(0L, 2L);
        }
    }

    private long count(String sql) throws Exception {
        try (Connection connection = new SqliteDatabase(directory.resolve("inbox.db")).open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
