package dev.ackbox.graph;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.ackbox.graph.Meta.answer;
import static dev.ackbox.graph.Meta.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.ackbox.CapturedLog;
import dev.ackbox.test.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import tools.jackson.databind.JsonNode;

@Tag("socket")
class GraphApiTests {

    @RegisterExtension
    static final WireMockExtension META = Meta.server();

    private final GraphApi api = Meta.api(META);

    @Test
    void callsWithVersionTokenAndProof() {
        META.stubFor(any(anyUrl()).willReturn(answer(200, "{\"id\": \"1\"}")));

        assertThat(api.get("1/phone_numbers", Map.of("fields", "id,name", "q", "a b&c"))
                        .at("/id"))
                .hasToString("\"1\"");

        META.verify(getRequestedFor(urlPathEqualTo("/v26.0/1/phone_numbers"))
                .withHeader("Authorization", equalTo("Bearer " + Meta.TOKEN))
                .withQueryParam("fields", equalTo("id,name"))
                .withQueryParam("q", equalTo("a b&c"))
                .withQueryParam("appsecret_proof", equalTo(PROOF)));
    }

    /** Of the token with the secret, computed elsewhere. */
    private static final String PROOF = "d9ccc932e7307e42e4841b7b5a838290bee8dc63a3858cd7ecea32860986e8ad";

    @Test
    void sendsNoProofWithoutSecret() {
        META.stubFor(any(anyUrl()).willReturn(answer(200, "{}")));

        Meta.api(META, "app-secret", "").get("me", Map.of());

        META.verify(getRequestedFor(anyUrl()).withQueryParam("appsecret_proof", absent()));
    }

    @ParameterizedTest
    @CsvSource({
        "400, 100, a parameter is wrong",
        "401, 190, the access token is invalid",
        "403, 10, the token lacks a permission",
        "403, 200, the token lacks a permission",
        "400, 368, violation",
        "404, 803, there is no object",
        "400, 131047, more than 24 hours ago",
        "400, 424242, see Meta's documentation",
    })
    void explainsAnErrorInItsOwnWords(int status, int code, String meaning) {
        META.stubFor(any(anyUrl()).willReturn(error(status, code)));
        try (CapturedLog log = new CapturedLog()) {
            GraphException thrown = catchThrowableOfType(GraphException.class, () -> api.post("1/messages", null));

            assertThat(thrown).hasMessageContaining(meaning).hasNoCause();
            assertThat(thrown.getMessage()).contains("" + code, "AbC-trace_1").doesNotContain(Meta.PRIVATE);
            assertThat(thrown.status()).isEqualTo(status);
            assertThat(thrown.code()).hasValue(code);
            assertThat(thrown.traceId()).isEqualTo("AbC-trace_1");
            assertThat(thrown.isTransient()).isFalse();
            assertThat(thrown.isOutcomeUnknown()).isFalse();
            assertThat(log.lines()).isEmpty();
        }
        assertThat(META.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | {\"error\": {\"message\": \"no\"}} | true",
                "500 | {\"error\": {\"code\": \"none\"}} | true",
                "200 | {\"error\": {\"code\": null}} | true",
                "400 | {\"error\": {\"code\": {}}} | false",
            })
    void anErrorWithoutCodeHasNoMeaning(int status, String body, boolean unknown) {
        META.stubFor(any(anyUrl()).willReturn(answer(status, body)));

        GraphException thrown = catchThrowableOfType(GraphException.class, () -> api.post("1/messages", null));

        assertThat(thrown).hasMessage("Meta answered " + status + " and named no code");
        assertThat(thrown.code()).isEmpty();
        assertThat(thrown.isOutcomeUnknown()).isEqualTo(unknown);
    }

    @Test
    void permissionsAndClosedConversationsHaveTypesOfTheirOwn() {
        META.stubFor(any(anyUrl()).willReturn(error(403, 131005)));
        assertThatThrownBy(() -> api.get("1", Map.of())).isInstanceOf(PermissionMissingException.class);
        META.stubFor(any(anyUrl()).willReturn(error(400, 131047)));
        assertThatThrownBy(() -> api.get("1", Map.of())).isInstanceOf(ConversationClosedException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "4, false", "17, false", "80007, true"})
    void triesAgainWhatMetaCallsTransient(int code, boolean flagged) {
        META.stubFor(get(anyUrl())
                .inScenario("moment")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(error(500, code, flagged))
                .willSetStateTo("good"));
        META.stubFor(get(anyUrl())
                .inScenario("moment")
                .whenScenarioStateIs("good")
                .willReturn(answer(200, "{\"id\": \"2\"}")));

        assertThat(api.get("1", Map.of()).path("id").asString()).isEqualTo("2");
        assertThat(META.getAllServeEvents()).hasSize(2);
    }

    /** A second POST may be a second message. */
    @ParameterizedTest
    @CsvSource({
        "500, 1, true, 1, true",
        "503, 2, false, 1, true",
        "200, 2, false, 1, true",
        "500, 80007, true, 1, false",
        "500, 4, false, 3, false",
        "400, 17, false, 3, false",
        "429, 80007, true, 3, false",
    })
    void repeatsAPostOnlyWhereItWasNotDone(int status, int code, boolean flagged, int calls, boolean unknown) {
        META.stubFor(any(anyUrl()).willReturn(error(status, code, flagged)));

        GraphException thrown = catchThrowableOfType(GraphException.class, () -> api.post("1/messages", null));

        assertThat(META.getAllServeEvents()).hasSize(calls);
        assertThat(thrown.isOutcomeUnknown()).isEqualTo(unknown);
    }

    @Test
    void givesUpWhatStaysTransient() {
        META.stubFor(any(anyUrl()).willReturn(error(500, 2)));

        GraphException thrown = catchThrowableOfType(GraphException.class, () -> api.get("1", Map.of()));

        assertThat(thrown.isTransient()).isTrue();
        assertThat(META.getAllServeEvents()).hasSize(3);
    }

    @Test
    void doesNotTryAgainWhatMayHaveBeenDone() {
        META.stubFor(any(anyUrl()).willReturn(answer(200, "{}").withFixedDelay((int) Meta.TOO_LONG.toMillis())));

        GraphException thrown = catchThrowableOfType(
                GraphException.class,
                () -> Meta.api(META, "read-timeout", "100ms").post("1/messages", null));

        assertThat(thrown).hasMessageContaining("the time is over");
        assertThat(thrown.isOutcomeUnknown()).isTrue();
        assertThat(META.getAllServeEvents()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void doesNotKnowWhatBecameOfALostConnection() {
        META.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        GraphException thrown = catchThrowableOfType(GraphException.class, () -> api.post("1/messages", null));

        assertThat(thrown.isOutcomeUnknown()).isTrue();
        assertThat(thrown.status()).isZero();
    }

    @Test
    void knowsThatNothingWasSentWhereNobodyListens() {
        GraphException thrown = catchThrowableOfType(
                GraphException.class,
                () -> Meta.api(META, "url", "http://localhost:1").post("1/messages", null));

        assertThat(thrown).hasMessageContaining("the connection is refused");
        assertThat(thrown.isOutcomeUnknown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | [1] | true",
                "200 | <html> | true",
                "200 | {\"id\": | true",
                "502 | <html> | true",
                "503 | {} | true",
                "404 | <html> | false",
                "302 | {} | true"
            })
    void rejectsWhatIsNotOfTheApi(int status, String body, boolean unknown) {
        META.stubFor(any(anyUrl()).willReturn(answer(status, body).withHeader("Location", META.baseUrl() + "/else")));

        GraphException thrown = catchThrowableOfType(GraphException.class, () -> api.post("1/messages", null));

        assertThat(thrown).hasMessageContaining("The answer with status " + status);
        assertThat(thrown.code()).isEmpty();
        assertThat(thrown.isOutcomeUnknown()).isEqualTo(unknown);
        assertThat(META.getAllServeEvents()).hasSize(1);
    }

    @Test
    void readsAllPages() {
        META.stubFor(get(anyUrl())
                .willReturn(answer(
                        200,
                        "{\"data\": [{\"id\": \"3\"}], \"paging\": "
                                + "{\"cursors\": {\"before\": \"x\", \"after\": \"y\"}}}")));
        META.stubFor(get(urlPathEqualTo("/v26.0/1/list"))
                .withQueryParam("after", absent())
                .willReturn(answer(
                        200,
                        "{\"data\": [{\"id\": \"1\"}, {\"id\": \"2\"}], \"paging\": {\"cursors\": "
                                + "{\"after\": \"a=\"}, \"next\": \"http://127.0.0.1:1/?access_token=t\"}}")));

        assertThat(api.list("1/list", Map.of("limit", "2")))
                .extracting((JsonNode element) -> element.path("id").asString())
                .containsExactly("1", "2", "3");
        META.verify(
                getRequestedFor(anyUrl()).withQueryParam("after", equalTo("a=")).withQueryParam("limit", equalTo("2")));
    }

    @Test
    void takesANewTokenOverFromItsFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        META.stubFor(any(anyUrl()).willReturn(answer(200, "{}")));
        GraphProperties settings = Meta.settings(META, "access-token", "", "access-token-file", file.toString());
        GraphApi fromFile = GraphApi.over(settings, AccessToken.of(settings));
        fromFile.get("me", Map.of());
        META.verify(getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer first")));

        Files.writeString(file, "the-second");
        // The call that sees the change does not know yet whether the file is complete.
        fromFile.get("me", Map.of());
        fromFile.get("me", Map.of());
        META.verify(getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer the-second")));
    }

    @Test
    void rejectsAFileWithoutToken(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "two words");

        assertThatThrownBy(() ->
                        AccessToken.of(Meta.settings(META, "access-token", "", "access-token-file", file.toString())))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        ex -> assertThat(ex.getReason()).contains("one access token and nothing else"));
    }

    @Test
    void warnsOfAVersionAYearBeforeItsEnd() {
        Clock clock = new MovableClock(Instant.parse("2026-12-01T00:00:00Z"));

        assertThat(GraphVersion.warning("v26.0", clock)).isNull();
        assertThat(GraphVersion.warning("v24.0", clock)).isNull();
        assertThat(GraphVersion.warning("v23.0", clock)).startsWith("Graph API v23.0 ends on 2027-10-08;");
        assertThat(GraphVersion.warning("v20.0", clock)).startsWith("Graph API v20.0 has ended on 2026-09-24;");
        assertThat(GraphVersion.warning("v9.0", clock)).startsWith("Graph API v9.0 has ended;");
    }

    @Test
    void showsNoSecret() {
        assertThat(Meta.settings(META).toString()).doesNotContain(Meta.TOKEN, Meta.SECRET);
        assertThat(AccessToken.of(Meta.settings(META)).toString()).doesNotContain(Meta.TOKEN);
    }
}
