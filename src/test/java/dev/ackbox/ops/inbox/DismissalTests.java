package dev.ackbox.ops.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Dismissing what Meta never lifts, as reports.md says it, over real HTTP and with Meta's own samples. */
@Tag("slow")
class DismissalTests extends OperatedService {

    private static final String TYPE = "INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO";
    private static final String NUMBER = "318840776125093";
    private static final String SAMPLE = "src/test/resources/payloads/account_alerts/full.json";

    @Test
    void anAlertIsDismissedByItsType() throws Exception {
        String alert = Files.readString(Path.of(SAMPLE));
        sendBody(alert);
        sendBody(alert.replace(NUMBER, "2"));
        sendBody(alert.replace(TYPE, "PROFILE_PICTURE_LOST"));
        awaitAlerts(3);
        assertThat(dismiss("alerts/" + TYPE + "?entity=3")).isEqualTo(404);
        assertThat(dismiss("alerts/" + TYPE + "?entity=2")).isEqualTo(200);
        assertThat(alerts())
                .hasSize(2)
                .noneMatch(each -> each.path("entityId").stringValue().equals("2"));
        sendBody(alert.replace(NUMBER, "2").replace("1794800244", "1794800245"));
        awaitAlerts(3);
        assertThat(dismiss("alerts/" + TYPE)).isEqualTo(200);
        assertThat(alerts())
                .singleElement()
                .satisfies(each -> assertThat(each.path("type").stringValue()).isEqualTo("PROFILE_PICTURE_LOST"));
        assertThat(dismiss("alerts/" + TYPE)).isEqualTo(404);
    }

    private void awaitAlerts(int count) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(alerts()).hasSize(count));
    }

    private JsonNode alerts() throws Exception {
        return JSON.readTree(answer(request("/../whatsapp/" + ACCOUNT).GET()).body())
                .path("alerts");
    }

    private int dismiss(String which) throws Exception {
        return answer(request("/../whatsapp/" + ACCOUNT + "/" + which).DELETE()).statusCode();
    }
}
