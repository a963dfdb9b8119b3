package dev.ackbox.onpremises;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.CommandRun;
import dev.ackbox.graph.Meta;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("socket")
class OnPremisesTests {

    private static final String PATH = "/v1/settings/application";

    @RegisterExtension
    static final WireMockExtension GATEWAY = Meta.server();

    private static CommandRun settings(String command, String... args) {
        return CommandRun.of(
                new OnPremisesCommand(),
                Stream.concat(
                                Stream.of(
                                        "settings", command, "--api", GATEWAY.baseUrl() + "/", "--token", "the-token"),
                                Stream.of(args))
                        .toArray(String[]::new));
    }

    @Test
    void showsWhatConcernsWebhooks() {
        GATEWAY.stubFor(get(urlPathEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer the-token"))
                .willReturn(Meta.answer(200, """
                        {"settings": {"application": {"callback_persist": true, "wa_id": "15550001111", "webhooks":
                         {"url": "https://a.example/hooks", "max_concurrent_requests": "12", "message": {"sent": false}}}},
                         "meta": {"api_status": "stable", "version": "2.53.1"}}
                        """)));

        CommandRun ran = settings("get");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "callback_persist true",
                        "webhooks.url https://a.example/hooks",
                        "webhooks.max_concurrent_requests 12",
                        "webhooks.message.sent false",
                        "API version 2.53.1");
    }

    @Test
    void changesWhatIsGiven() {
        GATEWAY.stubFor(patch(urlPathEqualTo(PATH)).willReturn(Meta.answer(200, "{}")));
        String[] changes = {
            "--webhook-url",
            "https://a.example/hooks",
            "--message-sent",
            "true",
            "--message-read=false",
            "--callback-persist",
            "true",
            "--max-concurrent-requests",
            "12",
            "--sent-status",
            "false",
            "--header",
            "D360-API-KEY"
        };

        assertThat(settings(
                                "set",
                                Stream.concat(Stream.of(changes), Stream.of("--dry-run"))
                                        .toArray(String[]::new))
                        .out())
                .contains("Would PATCH");
        GATEWAY.verify(0, patchRequestedFor(anyUrl()));
        CommandRun ran = settings("set", changes);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).contains("sent_status is deprecated", "--message-sent");
        assertThat(ran.out()).contains("Changed. It holds after a restart");
        GATEWAY.verify(patchRequestedFor(urlPathEqualTo(PATH))
                .withHeader("D360-API-KEY", equalTo("the-token"))
                .withRequestBody(equalToJson("""
                        {"callback_persist": true, "sent_status": false, "webhooks": {"url": "https://a.example/hooks",
                         "max_concurrent_requests": 12, "message": {"sent": true, "read": false}}}
                        """)));
    }

    /** Meta's rules for its own webhooks do not hold here: one of these may have a password in its URL. */
    @ParameterizedTest
    @ValueSource(
            strings = {"https://user:pass@a.example/hooks", "http://receiver.internal/hooks", "https://a.example/LONG"})
    void takesAnyWholeUrl(String given) {
        GATEWAY.stubFor(patch(urlPathEqualTo(PATH)).willReturn(Meta.answer(200, "{}")));
        String url = given.replace("LONG", "x".repeat(200));

        assertThat(settings("set", "--webhook-url", url).exitCode()).isZero();

        GATEWAY.verify(patchRequestedFor(urlPathEqualTo(PATH))
                .withRequestBody(equalToJson("{\"webhooks\": {\"url\": \"" + url + "\"}}")));
    }

    @Test
    void aUrlThatIsNoneIsSaidInItsOwnWords() {
        assertThat(settings("set", "--webhook-url", "a.example/hooks").err())
                .contains("--webhook-url must be a whole http or https URL with a host")
                .doesNotContain("Meta");
    }

    @Test
    void saysWhatIsWrong() {
        GATEWAY.stubFor(any(anyUrl()).willReturn(Meta.answer(401, "{\"secret\": 1}")));
        assertThat(settings("get").err()).contains("answers 401").doesNotContain("the-token");
        GATEWAY.stubFor(any(anyUrl()).willReturn(Meta.answer(200, "<html>")));
        assertThat(settings("get").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--webhook-url ftp://a", "--message-sent maybe", "--max-concurrent-requests 0"})
    void wrongUsageIsNotTried(String args) {
        assertThat(settings("set", args.isEmpty() ? new String[0] : args.split(" "))
                        .exitCode())
                .isEqualTo(2);
        assertThat(GATEWAY.getAllServeEvents()).isEmpty();
    }
}
