package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.ArchiveFixture;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators are told to do about erasures where they restore a database. */
@Tag("slow")
class RestoredDatabaseTests extends ArchiveFixture {

    private static final Path GUIDE = Path.of("src/docs/reference/postgresql.md");

    private PostgresFixture postgres = new PostgresFixture();

    @Override
    protected StoredInbox open() throws Exception {
        return StoredInbox.open(postgres.open(), Inboxes.SETTINGS, REDACTION, InboxObserver.NONE, clock);
    }

    @Test
    void erasesOnceMoreWhomTheListHas() throws Exception {
        append(record("a").about(USER), record("b").about(OTHER_USER));
        inbox.close();
        PostgresFixture backup = postgres.copy();
        openInbox();
        archive.erase(USER);
        List<String> list = postgres.texts(query());
        inbox.close();
        postgres = backup;
        backup.execute(list.toArray(String[]::new));
        openInbox();
        assertThat(archive.payload(idOf("a"))).isNull();
        assertThat(archive.payload(idOf("b"))).isNotNull();
        assertThat(postgres.number("SELECT count(*) FROM erasure WHERE NOT done"))
                .isZero();
    }

    private static String query() throws Exception {
        Matcher sql = Pattern.compile("(?s)```sql\n(.*?)```").matcher(Files.readString(GUIDE));
        assertThat(sql.find()).isTrue();
        return sql.group(1);
    }
}
