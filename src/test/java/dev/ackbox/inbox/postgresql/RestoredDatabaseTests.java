package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.ArchiveFixture;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators are told to do about erasures where they restore a database. */
@Tag("slow")
class RestoredDatabaseTests extends ArchiveFixture {

    private static final Path GUIDE = Path.of("src/docs/postgresql.md");

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
        List<String> list = postgres.texts(
                "SELECT 'INSERT INTO listed VALUES (' || subject || ', ' || at || ')' FROM (" + block(0) + ") AS kept");
        inbox.close();
        postgres = backup;
        List<String> commands = new ArrayList<>(List.of(block(1).split("(?m);$")));
        commands.addAll(1, list);
        backup.execute(commands.toArray(String[]::new));
        openInbox();
        assertThat(archive.payload(idOf("a"))).isNull();
        assertThat(archive.payload(idOf("b"))).isNotNull();
        assertThat(postgres.number("SELECT count(*) FROM erasure WHERE NOT done"))
                .isZero();
    }

    /** SQL of the guide that speaks of erasures. */
    private static String block(int number) throws Exception {
        return Pattern.compile("(?s)```sql\n(.*?);\n```")
                .matcher(Files.readString(GUIDE))
                .results()
                .map(found -> found.group(1))
                .filter(sql -> sql.contains("ackbox.erasure"))
                .toList()
                .get(number);
    }
}
