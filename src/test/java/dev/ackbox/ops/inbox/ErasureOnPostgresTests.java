package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.CommandRun;
import dev.ackbox.inbox.postgresql.PostgresServer;
import dev.ackbox.operator.InboxCommand;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A database that vacuums by itself: Ackbox does not say that no bytes are left. */
@Tag("slow")
@TestPropertySource(
        properties = {
            "ackbox.inbox.engine=postgresql",
            "ackbox.inbox.postgresql.username=" + PostgresServer.USERNAME,
            "ackbox.inbox.postgresql.password=" + PostgresServer.PASSWORD
        })
class ErasureOnPostgresTests extends OperatedService {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) throws Exception {
        String url = PostgresServer.newDatabase();
        registry.add("ackbox.inbox.postgresql.url", () -> url);
    }

    @Test
    void nobodyIsToldThatNoBytesAreLeft() throws Exception {
        send("wamid.postgres", USER, "hello");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ok(get("/records?state=completed&user=" + USER))
                                .path("records")
                                .size()
                        == 1);
        JsonNode erased = ok(answer(request("/users/" + USER).DELETE()));
        assertThat(erased.path("count").intValue()).isEqualTo(1);
        assertThat(erased.has("sweeping")).isFalse();
        assertThat(ok(get("")).path("storage").propertyNames()).containsExactly("bytes");
    }

    @Test
    void theCommandSaysUntilWhenTheyAreThere() {
        InboxCommand command =
                new InboxCommand(() -> CommandRun.settings(Map.of("ackbox.management.password", PASSWORD)));
        CommandRun ran = CommandRun.of(command, "erase", USER, "--yes", "--url=http://localhost:" + managementPort);
        assertThat(ran.out()).contains("until a vacuum frees the room");
    }
}
