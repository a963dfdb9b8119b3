package dev.ackbox.command;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.graph.Meta;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("socket")
@Timeout(20)
class WholeExchangeTests {

    @RegisterExtension
    static final WireMockExtension SERVER = Meta.server();

    private static WholeExchange.Answer send(String url, Duration timeout) throws Exception {
        return WholeExchange.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(url)).timeout(timeout).build(),
                4);
    }

    @Test
    void givesStatusAndTheFirstBytes() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(418).withBody("teapot")));

        WholeExchange.Answer answer = send(SERVER.baseUrl(), Duration.ofSeconds(10));

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body()).asString().isEqualTo("teap");
    }

    @Test
    void givesUpAnAnswerThatStallsAfterItsHead() {
        SERVER.stubFor(
                any(anyUrl()).willReturn(aResponse().withBody("a slow body").withChunkedDribbleDelay(2, 6_000)));

        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> send(SERVER.baseUrl(), Duration.ofMillis(500)));
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> send("http://localhost:1", Duration.ofSeconds(10)));
    }
}
