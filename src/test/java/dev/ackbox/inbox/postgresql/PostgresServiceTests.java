package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.AckboxApplication;
import dev.ackbox.Payloads;
import dev.ackbox.SignedClient;
import dev.ackbox.handler.Handler;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.model.messages.Content;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service with its inbox in PostgreSQL, beside a database of the handlers' own. */
@Tag("socket")
@Timeout(120)
class PostgresServiceTests {

    private final PostgresFixture postgres = new PostgresFixture();

    /** Not a configuration by annotation: the contexts of other tests would find it. */
    static final class Beans {

        final AtomicInteger handled = new AtomicInteger();

        @Bean
        DataSource shop() throws Exception {
            return new DriverManagerDataSource(
                    PostgresServer.newEmptyDatabase(), PostgresServer.USERNAME, PostgresServer.PASSWORD);
        }

        @Bean
        Handler<Content.Text> tickets(DataSource shop) {
            JdbcTemplate database = new JdbcTemplate(shop);
            database.execute("CREATE TABLE record (id text)"); // as a table of the inbox is called
            return (text, received) ->
                    database.update("INSERT INTO record VALUES (?)", String.valueOf(received.recordId()));
        }
    }

    @Test
    void handlesWhatItReceives() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBeanNamesForType(DataSource.class)).containsExactly("shop");
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            SignedClient client =
                    new SignedClient(URI.create("http://127.0.0.1:" + port + "/webhooks/whatsapp"), "secret");
            assertThat(client.post(Payloads.read("messages/text_full")).statusCode())
                    .isEqualTo(200);
            await().until(() -> new JdbcTemplate(context.getBean(DataSource.class))
                            .queryForObject("SELECT count(*) FROM record", Integer.class)
                    == 1);
            await().untilAsserted(() -> assertThat(postgres.number("SELECT sum(completed) FROM progress"))
                    .isEqualTo(1));
            assertThat(context.getBean(HealthEndpoint.class).health().getStatus())
                    .isEqualTo(Status.UP);
            await().untilAsserted(() ->
                    assertThat(context.getBean(Inbox.class).size().bytes()).isPositive());
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(AckboxApplication.class, Beans.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--ackbox.warm-up=0s",
                        "--ackbox.inbox.engine=postgresql",
                        "--ackbox.inbox.postgresql.url=" + postgres.url(),
                        "--ackbox.inbox.postgresql.username=" + PostgresServer.USERNAME,
                        "--ackbox.inbox.postgresql.password=" + PostgresServer.PASSWORD,
                        "--ackbox.endpoints.default.verify-tokens=token",
                        "--ackbox.endpoints.default.app-secrets=secret");
    }
}
