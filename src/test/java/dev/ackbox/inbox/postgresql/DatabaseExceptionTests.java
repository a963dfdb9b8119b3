package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ackbox.inbox.InboxProperties.Postgresql;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DatabaseExceptionTests {

    private final PostgresFixture postgres = new PostgresFixture();

    @Test
    void saysThatThereIsNoUrl() {
        DatabaseException thrown = open("", "ackbox");
        assertThat(thrown).hasMessageContaining("'ackbox.inbox.postgresql.url' is not set");
        assertThat(thrown.action()).contains("ACKBOX_DATABASE_URL");
    }

    @Test
    void showsNothingOfAUrlThatIsOfAnotherForm() {
        DatabaseException thrown = open("postgres://ackbox:geheim@host/database", "ackbox");
        assertThat(thrown).hasMessageContaining("no JDBC URL").hasMessageNotContaining("geheim");
        assertThat(thrown.action()).contains("jdbc:postgresql://host:5432/database");
    }

    @Test
    void saysThatNobodyIsThere() {
        DatabaseException thrown = open("jdbc:postgresql://127.0.0.1:1/ackbox?password=geheim", "ackbox");
        assertThat(thrown)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/ackbox cannot be used")
                .hasMessageNotContaining("geheim");
        assertThat(thrown.action()).contains("Start the database");
    }

    @Test
    void saysThatTheUserIsNotKnown() {
        DatabaseException thrown = open(postgres.url(), "nobody");
        assertThat(thrown).hasMessageContaining("nobody");
        assertThat(thrown.action()).contains("ACKBOX_DATABASE_USERNAME");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        DatabaseException thrown = open(postgres.url().replaceAll("/ackbox_", "/missing_"), PostgresServer.USERNAME);
        assertThat(thrown.action()).contains("Create the database");
    }

    @Test
    void saysThatTheUserMayNotCreateTheSchema() throws Exception {
        String url = PostgresServer.newEmptyDatabase();
        postgres.execute("CREATE ROLE humble LOGIN");
        assertThat(open(url, "humble").action()).contains("GRANT CREATE ON DATABASE");
    }

    private static DatabaseException open(String url, String username) {
        return catchThrowableOfType(
                DatabaseException.class,
                () -> PostgresStore.open(new Postgresql(url, username, PostgresServer.PASSWORD))
                        .close());
    }
}
