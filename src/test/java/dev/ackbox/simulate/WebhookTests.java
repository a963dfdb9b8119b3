package dev.ackbox.simulate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.graph.Meta;
import dev.ackbox.security.AppSecret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("socket")
@Timeout(60)
class WebhookTests {

    @RegisterExtension
    static final WireMockExtension RECEIVER = Meta.server();

    private static Answer post(Duration answerTimeout) throws Exception {
        Webhook webhook = new Webhook(
                URI.create(RECEIVER.baseUrl()), new AppSecret("secret"), HttpClient.newBuilder(), answerTimeout);
        return webhook.post(new byte[] {'{', '}'}).get(30, TimeUnit.SECONDS);
    }

    @Test
    void tellsTheStatus() throws Exception {
        RECEIVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503).withBody("later")));

        assertThat(post(Duration.ofSeconds(20))).isEqualTo(new Answer.Status(503));
    }

    /** Meta waits for the whole answer, and not for ever. */
    @Test
    void givesUpAnAnswerThatStallsAfterItsHead() throws Exception {
        RECEIVER.stubFor(
                any(anyUrl()).willReturn(aResponse().withBody("a slow body").withChunkedDribbleDelay(2, 60_000)));

        assertThat(post(Duration.ofMillis(500))).isEqualTo(new Answer.None(Failure.ANSWER_TIMED_OUT));
    }

    @Test
    void waitsAsLongAsMeta() {
        assertThat(Webhook.ANSWER_TIMEOUT).isEqualTo(Duration.ofSeconds(20));
    }
}
