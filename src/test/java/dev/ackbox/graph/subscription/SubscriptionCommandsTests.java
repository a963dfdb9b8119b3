package dev.ackbox.graph.subscription;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.ackbox.graph.Meta.answer;
import static dev.ackbox.graph.Meta.error;
import static dev.ackbox.graph.subscription.MetaAccounts.app;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.CommandRun;
import dev.ackbox.Transcript;
import dev.ackbox.graph.Meta;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("socket")
class SubscriptionCommandsTests {

    private static final String PAGE = "subscriptions.md";
    private static final String OVERRIDE = "https://customer.example.com/hooks";

    @RegisterExtension
    static final WireMockExtension META = Meta.server();

    /** Where an override may lead. */
    @RegisterExtension
    static final WireMockExtension RECEIVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.options()
                    .dynamicPort()
                    .bindAddress("127.0.0.1")
                    .globalTemplating(true))
            .build();

    private MetaAccounts accounts;
    private String url;

    @BeforeEach
    void stub() {
        accounts = new MetaAccounts(META);
        url = "http://localhost:" + RECEIVER.getPort() + "/hooks";
        challengeIsAnswered("{{request.query.hub.challenge}}");
    }

    private static void challengeIsAnswered(String body) {
        RECEIVER.stubFor(get(urlPathEqualTo("/hooks"))
                .willReturn(aResponse()
                        .withBody(body.replace("request.query.hub.challenge", "request.query.[hub.challenge]"))));
    }

    private CommandRun subscriptions(String... args) {
        return CommandRun.of(new SubscriptionsCommand(() -> accounts.settings()), args);
    }

    private CommandRun overrides(String... args) {
        return CommandRun.of(new OverridesCommand(() -> accounts.settings()), args);
    }

    private void nothingIsChanged() {
        META.verify(0, postRequestedFor(anyUrl()));
        META.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void listsWhoIsSubscribed() throws IOException {
        accounts.subscribed(
                app("4711", "Shop", OVERRIDE), app(Subscriptions.META_APP, "WA DevX Webhook Events 1P App", null));

        CommandRun ran = subscriptions("list");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Transcript.assertDocumented(PAGE, "subscriptions list", ran.out());
        JsonNode json = new JsonMapper()
                .readTree(subscriptions("list", "1016", "--json").out());
        assertThat(json.at("/accounts/1016/0/override").asString()).isEqualTo(OVERRIDE);
        assertThat(json.at("/webhook/fields/0").asString()).isEqualTo("messages");
    }

    @Test
    void saysThatAnotherAppAloneIsSubscribed() {
        accounts.subscribed(app(Subscriptions.META_APP, "WA DevX Webhook Events 1P App", null));

        CommandRun ran = subscriptions("list", "1016");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("your app is not subscribed: nothing of this account arrives");
    }

    @Test
    void addsASubscriptionOnce() throws IOException {
        accounts.subscribed();
        assertThat(subscriptions("add", "1016", "--dry-run").out()).contains("would be subscribed");
        nothingIsChanged();

        CommandRun ran = subscriptions("add", "1016");

        assertThat(ran.exitCode()).isZero();
        Transcript.assertDocumented(PAGE, "subscriptions add 1016", ran.out());
        META.verify(
                postRequestedFor(urlPathEqualTo("/v26.0/1016/subscribed_apps")).withRequestBody(absent()));
        accounts.subscribed(app("4711", "Shop", OVERRIDE));
        assertThat(subscriptions("add", "1016").out()).contains("already. Nothing was changed");
        META.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void removesASubscriptionIfItIsToldTo() {
        assertThat(answering("no", () -> subscriptions("remove", "1016")).err()).contains("Nothing was changed");
        assertThat(answering("", () -> subscriptions("remove", "1016")).exitCode())
                .isEqualTo(1);
        assertThat(subscriptions("remove", "1016", "--dry-run").exitCode()).isZero();
        nothingIsChanged();

        assertThat(answering("yes\n", () -> subscriptions("remove", "1016")).exitCode())
                .isZero();
        assertThat(subscriptions("remove", "1016", "--yes").exitCode()).isZero();
        META.verify(2, deleteRequestedFor(urlPathEqualTo("/v26.0/1016/subscribed_apps")));
    }

    private static CommandRun answering(String line, java.util.function.Supplier<CommandRun> command) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
        try {
            return command.get();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void addsFieldsOfTheApp() {
        accounts.app(url, "messages");

        assertThat(subscriptions("add-fields", "messages,calls", "--dry-run").out())
                .contains("would be subscribed to calls");
        nothingIsChanged();
        CommandRun ran = subscriptions("add-fields", "messages,calls");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        META.verify(postRequestedFor(urlPathEqualTo("/v26.0/4711/subscriptions"))
                .withHeader("Authorization", matching("Bearer 4711\\|.*"))
                .withRequestBody(equalToJson("""
                        {"object": "whatsapp_business_account", "callback_url": "%s", "fields": "calls",
                         "include_values": true, "verify_token": "verify-me"}
                        """.formatted(url))));
    }

    @Test
    void listsTheLevelsAndTheWinner() throws IOException {
        accounts.levels("7001", OVERRIDE + "/7001", "https://customer.example.com/all");
        accounts.levels("7002", null, "https://customer.example.com/all");

        CommandRun ran = overrides("list");

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Transcript.assertDocumented(PAGE, "overrides list", ran.out());
        accounts.levels("7002", null, null);
        JsonNode json = new JsonMapper()
                .readTree(overrides("list", "--phone", "7002", "--json").out());
        assertThat(json.at("/0/winner").asString()).isEqualTo("app");
        assertThat(json.at("/0/url").asString()).isEqualTo("https://hooks.example.com/webhooks/whatsapp");
    }

    @Test
    void subscribesBeforeItSetsAnOverride() throws IOException {
        accounts.subscribed();

        CommandRun dry = overrides("set", "--waba", "1016", "--url", url, "--dry-run");
        assertThat(dry.out()).contains("The app would be subscribed to account 1016", "would be set for account 1016");
        nothingIsChanged();
        CommandRun ran = overrides("set", "--waba", "1016", "--url", url);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        Transcript.assertDocumented(
                PAGE, "overrides set --waba 1016 --url " + OVERRIDE, ran.out().replace(url, OVERRIDE));
        assertThat(META.getAllServeEvents().get(1).getRequest().getBodyAsString())
                .isEmpty();
        META.verify(postRequestedFor(urlPathEqualTo("/v26.0/1016/subscribed_apps"))
                .withRequestBody(equalToJson(
                        "{\"override_callback_uri\": \"%s\", \"verify_token\": \"verify-me\"}".formatted(url))));
    }

    @Test
    void setsAndRemovesTheOverrideOfAPhoneNumber() {
        assertThat(overrides("set", "--phone", "7001", "--url", url, "--verify-token", "other")
                        .exitCode())
                .isZero();
        META.verify(postRequestedFor(urlPathEqualTo("/v26.0/7001")).withRequestBody(equalToJson("""
                {"webhook_configuration": {"override_callback_uri": "%s", "verify_token": "other"}}
                """.formatted(url))));

        assertThat(overrides("remove", "--phone", "7001", "--yes").exitCode()).isZero();
        META.verify(postRequestedFor(urlPathEqualTo("/v26.0/7001"))
                .withRequestBody(equalToJson("{\"webhook_configuration\": {\"override_callback_uri\": \"\"}}")));
    }

    @Test
    void removesTheOverrideOfAnAccount() {
        accounts.subscribed(app(MetaAccounts.APP, "Shop", OVERRIDE));

        assertThat(overrides("remove", "--waba", "1016", "--dry-run").out()).contains("would be taken away");
        nothingIsChanged();
        assertThat(overrides("remove", "--waba", "1016", "--yes").out())
                .contains("The override of account 1016 is taken away");
        META.verify(
                postRequestedFor(urlPathEqualTo("/v26.0/1016/subscribed_apps")).withRequestBody(absent()));
    }

    /** A POST without a body takes an override away, but it also subscribes the app. */
    @Test
    void removesNoOverrideWhereTheAppHasNone() {
        accounts.subscribed(app(MetaAccounts.APP, "Shop", null), app("9999", "Another", OVERRIDE));
        CommandRun without = overrides("remove", "--waba", "1016", "--yes");
        accounts.subscribed(app("9999", "Another", OVERRIDE));
        CommandRun notSubscribed = overrides("remove", "--waba", "1016", "--yes");

        assertThat(without.exitCode()).isZero();
        assertThat(without.out()).contains("App 4711 has no override of account 1016. Nothing was changed");
        assertThat(notSubscribed.exitCode()).isZero();
        assertThat(notSubscribed.out()).contains("App 4711 is not subscribed to account 1016. Nothing was changed");
        nothingIsChanged();
    }

    /** Meta subscribes the app of the token, whatever is configured. The app of the setting has the fields and the URL. */
    @Test
    void subscribesTheAppOfTheTokenWhateverAppIsConfigured() {
        accounts.subscribed(app("9999", "Another", null));
        accounts.appLevel("9999", url, "messages");

        CommandRun list = of9999("list");
        CommandRun add = of9999("add", "1016");
        CommandRun remove = of9999("remove", "1016", "--yes");
        CommandRun addFields = of9999("add-fields", "messages,calls");
        CommandRun override = CommandRun.of(
                new OverridesCommand(() -> accounts.settings("ackbox.graph.app-id", "9999")),
                "set",
                "--waba",
                "1016",
                "--url",
                url);

        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.out())
                .contains("your app is not subscribed", "App 9999's URL is " + url + ". Its fields: messages");
        assertThat(add.out()).contains("App 4711 is subscribed to account 1016.");
        assertThat(remove.out()).contains("App 4711 is not subscribed to account 1016");
        assertThat(addFields.out()).contains("App 9999 is subscribed to calls");
        META.verify(postRequestedFor(urlPathEqualTo("/v26.0/9999/subscriptions")));
        assertThat(override.out()).contains("The app is subscribed to account 1016");
    }

    private CommandRun of9999(String... args) {
        return CommandRun.of(new SubscriptionsCommand(() -> accounts.settings("ackbox.graph.app-id", "9999")), args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | x | the verify token differs",
                "401 | x | asks for a login",
                "404 | x | no webhook at this path",
                "301 | x | a redirect, which Meta does not follow",
                "200 | hello | something else answers",
                "200 | \"{{request.query.[hub.challenge]}}\" | answers more than the challenge",
            })
    void makesTheHandshakeItselfFirst(int status, String body, String problem) {
        RECEIVER.stubFor(get(urlPathEqualTo("/hooks"))
                .willReturn(aResponse().withStatus(status).withBody(body).withHeader("Location", url + "2")));

        CommandRun ran = overrides("set", "--waba", "1016", "--url", url);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains(problem, "Nothing was changed");
        nothingIsChanged();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP Status Code = 403; HTTP Message = Forbidden verify-me | status 403",
                "curl_errno = 28; curl_error = Operation timed out | curl error 28 (the time is over)",
            })
    void explainsAFailedHandshakeOfMeta(String message, String seen) {
        META.stubFor(
                post(urlPathEqualTo("/v26.0/1016/subscribed_apps")).willReturn(answer(400, """
                {"error": {"message": "(#2200) Callback verification failed with the following errors: %s",
                 "type": "OAuthException", "code": 2200, "fbtrace_id": "T"}}
                """.formatted(message))));

        CommandRun ran = overrides("set", "--waba", "1016", "--url", url);

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains("code 2200", seen, "something between Meta and")
                .doesNotContain("verify-me", "Forbidden");
    }

    @Test
    void explainsThatTheAppHasToBeSubscribedFirst() {
        META.stubFor(post(urlPathEqualTo("/v26.0/7001")).willReturn(error(400, 100)));

        assertThat(overrides("set", "--phone", "7001", "--url", url).err())
                .contains("code 100", "subscriptions add <waba>")
                .doesNotContain(Meta.PRIVATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 190, 200, 803})
    void printsWhatMetaRefuses(int code) {
        META.stubFor(any(anyUrl()).willReturn(error(400, code)));

        CommandRun ran = subscriptions("list", "1016");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("code " + code, "AbC-trace_1").doesNotContain(Meta.PRIVATE, Meta.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscriptions add abc",
                "subscriptions add",
                "subscriptions add-fields Bad-Field",
                "subscriptions nothing",
                "overrides list --waba 1 --phone 2",
                "overrides set --url https://a.example",
                "overrides set --waba 1 --url http://a.example",
                "overrides set --waba 1 --url https://user@a.example",
                "overrides set --waba 1 --url https://a.example/LONG",
            })
    void wrongUsageIsNotTried(String line) {
        String[] args = line.replace("LONG", "x".repeat(200)).split(" ");
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);

        assertThat((args[0].equals("overrides") ? overrides(rest) : subscriptions(rest)).exitCode())
                .isEqualTo(2);
        assertThat(META.getAllServeEvents()).isEmpty();
    }

    @Test
    void saysThatATokenIsNeeded() {
        CommandRun ran =
                CommandRun.of(new SubscriptionsCommand(() -> accounts.settings("ACKBOX_ACCESS_TOKEN", "")), "list");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("ACKBOX_ACCESS_TOKEN");
    }

    @Test
    void saysWhichSettingIsWrong() {
        CommandRun ran =
                CommandRun.of(new SubscriptionsCommand(() -> accounts.settings("ackbox.graph.version", "26")), "list");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("'ackbox.graph.version' must be of the form v26.0");
    }
}
