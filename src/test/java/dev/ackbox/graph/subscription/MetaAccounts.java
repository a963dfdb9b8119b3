package dev.ackbox.graph.subscription;

import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.ackbox.graph.Meta.answer;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.CommandRun;
import dev.ackbox.command.Settings;
import dev.ackbox.graph.Meta;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Accounts as Meta has them: account 1016 with the phone numbers 7001 and 7002, and app 4711. */
public final class MetaAccounts {

    public static final String APP = "4711";
    public static final String ACCOUNT = "1016";
    public static final String VERIFY_TOKEN = "verify-me";

    private final WireMockExtension server;

    public MetaAccounts(WireMockExtension server) {
        this.server = server;
        token("SYSTEM_USER", "whatsapp_business_messaging", "whatsapp_business_management");
        subscribed(app(APP, "Shop", null));
        levels("7001", null, null);
        levels("7002", null, null);
        app("https://hooks.example.com/webhooks/whatsapp", "messages");
        status("7001", "CONNECTED", "GREEN");
        status("7002", "CONNECTED", "GREEN");
        server.stubFor(get(path(ACCOUNT))
                .willReturn(answer(200, "{\"account_review_status\": \"APPROVED\", \"id\": \"1016\"}")));
        server.stubFor(get(path(ACCOUNT + "/phone_numbers")).willReturn(answer(200, """
                {"data": [{"id": "7001"}, {"id": "7002"}], "paging": {"cursors": {"before": "a", "after": "b"}}}
                """)));
        for (String node : new String[] {ACCOUNT + "/subscribed_apps", "7001", "7002"}) {
            server.stubFor(post(path(node)).willReturn(answer(200, "{\"success\": true}")));
            server.stubFor(delete(path(node)).willReturn(answer(200, "{\"success\": true}")));
        }
    }

    private static com.github.tomakehurst.wiremock.matching.UrlPathPattern path(String node) {
        return urlPathEqualTo("/v26.0/" + node);
    }

    public void token(String type, String... scopes) {
        token(type, 0, true, scopes);
    }

    public void tokenThatEnds(Instant end) {
        token("USER", end.getEpochSecond(), true, "whatsapp_business_messaging", "whatsapp_business_management");
    }

    /** Meta knows it, and takes it no more. */
    public void tokenThatIsNotValid() {
        token("SYSTEM_USER", 0, false, "whatsapp_business_messaging", "whatsapp_business_management");
    }

    private void token(String type, long expiresAt, boolean isValid, String... scopes) {
        String list = scopes.length == 0 ? "" : "\"" + String.join("\", \"", scopes) + "\"";
        server.stubFor(get(path("debug_token")).willReturn(answer(200, """
                {"data": {"app_id": "4711", "type": "%s", "application": "Shop", "expires_at": %d, "is_valid": %b,
                 "scopes": [%s], "granular_scopes": [{"scope": "whatsapp_business_management", "target_ids": ["1016"]},
                 {"scope": "whatsapp_business_messaging", "target_ids": ["1016"]}], "user_id": "1"}}
                """.formatted(type, expiresAt, isValid, list))));
    }

    public static String app(String id, String name, String override) {
        return "{\"whatsapp_business_api_data\": {\"id\": \"%s\", \"link\": \"https://www.facebook.com/games/?app_id=%s\", "
                        .formatted(id, id)
                + "\"name\": \"%s\"}".formatted(name)
                + (override == null ? "}" : ", \"override_callback_uri\": \"%s\"}".formatted(override));
    }

    public void subscribed(String... apps) {
        server.stubFor(get(path(ACCOUNT + "/subscribed_apps"))
                .willReturn(answer(200, "{\"data\": [" + String.join(", ", apps) + "]}")));
    }

    public void levels(String phone, String phoneUrl, String accountUrl) {
        String urls = (phoneUrl == null ? "" : "\"phone_number\": \"" + phoneUrl + "\", ")
                + (accountUrl == null ? "" : "\"whatsapp_business_account\": \"" + accountUrl + "\", ")
                + "\"application\": \"https://hooks.example.com/webhooks/whatsapp\"";
        server.stubFor(get(path(phone))
                .withQueryParam("fields", equalTo("webhook_configuration"))
                .willReturn(answer(200, "{\"webhook_configuration\": {" + urls + "}, \"id\": \"" + phone + "\"}")));
    }

    public void status(String phone, String status, String quality) {
        server.stubFor(get(path(phone))
                .withQueryParam("fields", equalTo("status,quality_rating"))
                .willReturn(answer(
                        200,
                        "{\"status\": \"%s\", \"quality_rating\": \"%s\", \"id\": \"%s\"}"
                                .formatted(status, quality, phone))));
    }

    /** The app's own level, which takes the app's own token. */
    public void app(String url, String... fields) {
        appLevel(APP, url, fields);
    }

    /** The level of any app. */
    public void appLevel(String app, String url, String... fields) {
        StringBuilder list = new StringBuilder();
        for (String field : fields) {
            list.append(list.isEmpty() ? "" : ", ")
                    .append("{\"name\": \"")
                    .append(field)
                    .append("\", \"version\": \"v26.0\"}");
        }
        server.stubFor(post(path(app + "/subscriptions")).willReturn(answer(200, "{\"success\": true}")));
        server.stubFor(get(path(app + "/subscriptions"))
                .withHeader("Authorization", equalTo("Bearer " + app + "|" + Meta.SECRET))
                .willReturn(answer(200, """
                        {"data": [{"object": "whatsapp_business_account", "callback_url": "%s", "active": true,
                         "fields": [%s]}, {"object": "page", "callback_url": "https://x", "active": true, "fields": ["feed"]}]}
                        """.formatted(url, list))));
    }

    public Settings settings(String... more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "ACKBOX_ACCESS_TOKEN",
                Meta.TOKEN,
                "ACKBOX_APP_SECRET",
                Meta.SECRET,
                "ACKBOX_VERIFY_TOKEN",
                VERIFY_TOKEN,
                "ackbox.graph.retry-delay",
                "1ms",
                "ackbox.graph.url",
                server.baseUrl()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return CommandRun.settings(settings);
    }
}
