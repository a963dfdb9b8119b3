package dev.ackbox.graph.subscription;

import dev.ackbox.graph.AccessToken;
import dev.ackbox.graph.GraphApi;
import dev.ackbox.graph.GraphException;
import dev.ackbox.graph.GraphProperties;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Meta knows of an app's webhooks: of the app itself, of accounts (WABA), and of phone numbers (documented: WhatsApp Cloud API, "Webhook
 * overrides" and "Manage webhooks"; Graph API, "/app/subscriptions"). Each method throws {@link GraphException}.
 */
public final class Subscriptions {

    /** Meta's own app, which is subscribed to each account of its dashboard. */
    public static final String META_APP = "2202427980234937";

    /** The object of WhatsApp's webhooks. */
    private static final String OBJECT = "whatsapp_business_account";

    private static final JsonMapper JSON = new JsonMapper();

    private final GraphApi api;
    private final GraphProperties properties;
    private final AccessToken token;

    public Subscriptions(GraphProperties properties, AccessToken token) {
        this.api = GraphApi.over(properties, token);
        this.properties = properties;
        this.token = token;
    }

    /**
     * What an access token is good for.
     *
     * @param appId of which app it is
     * @param type such as {@code SYSTEM_USER}
     * @param expiresAt absent where it does not expire
     * @param scopes permissions
     * @param accounts accounts (WABA) that it may see; empty where Meta names none, which may mean all
     */
    public record Token(
            boolean isValid,
            String appId,
            String type,
            @Nullable Instant expiresAt,
            Set<String> scopes,
            Set<String> accounts) {}

    /**
     * An app that is told of an account.
     *
     * @param override where, in place of the app's callback URL; absent for none
     */
    public record SubscribedApp(
            String id, String name, @Nullable String override) {}

    /**
     * Where an app is told of all accounts.
     *
     * @param fields of which fields, in their order
     */
    public record AppLevel(String callbackUrl, boolean isActive, Set<String> fields) {}

    /**
     * Where a phone number's notifications go.
     *
     * @param phone override of the number
     * @param account override of its account
     * @param app callback URL of the app
     */
    public record Levels(
            String phoneNumberId,
            @Nullable String phone,
            @Nullable String account,
            @Nullable String app) {

        /** The level that counts: the number's, else the account's, else the app's. */
        public String winner() {
            if (phone != null) {
                return "phone";
            }
            return account == null ? "app" : "account";
        }

        /** Where notifications go; absent where no level says. */
        public @Nullable String url() {
            if (phone != null) {
                return phone;
            }
            return account == null ? app : account;
        }
    }

    public Token token() {
        JsonNode data =
                api.get("debug_token", Map.of("input_token", token.value())).path("data");
        long expires = data.path("expires_at").asLong(0);
        Set<String> scopes = new TreeSet<>();
        data.path("scopes").forEach(scope -> scopes.add(scope.asString("")));
        Set<String> accounts = new TreeSet<>();
        for (JsonNode granular : data.path("granular_scopes")) {
            if (granular.path("scope").asString("").equals("whatsapp_business_management")) {
                granular.path("target_ids").forEach(id -> accounts.add(id.asString("")));
            }
        }
        return new Token(
                data.path("is_valid").asBoolean(false),
                data.path("app_id").asString(""),
                data.path("type").asString("unknown"),
                expires == 0 ? null : Instant.ofEpochSecond(expires),
                scopes,
                accounts);
    }

    /** The id of the app that Meta subscribes to accounts: the token's, whatever is configured. */
    String appId() {
        return token().appId();
    }

    /** The id of the app whose fields and callback URL count here: as configured, else the token's. */
    public String webhookAppId(Token token) {
        return properties.appId().isEmpty() ? token.appId() : properties.appId();
    }

    public List<SubscribedApp> appsOf(String account) {
        List<SubscribedApp> apps = new ArrayList<>();
        for (JsonNode each : api.list(account + "/subscribed_apps", Map.of())) {
            JsonNode app = each.path("whatsapp_business_api_data");
            apps.add(new SubscribedApp(
                    app.path("id").asString(""),
                    app.path("name").asString(""),
                    text(each.path("override_callback_uri"))));
        }
        return apps;
    }

    /** What the account tells this app; empty where it is not subscribed. */
    Optional<SubscribedApp> subscriptionOf(String appId, String account) {
        return appsOf(account).stream().filter(app -> app.id().equals(appId)).findFirst();
    }

    boolean isSubscribed(String account, String appId) {
        return subscriptionOf(appId, account).isPresent();
    }

    /** Subscribes the app of the token, and takes an override of the account away. */
    public void subscribe(String account) {
        api.post(account + "/subscribed_apps", null);
    }

    public void unsubscribe(String account) {
        api.delete(account + "/subscribed_apps");
    }

    public void overrideAccount(String account, URI url, String verifyToken) {
        api.post(account + "/subscribed_apps", override(url.toString()).put("verify_token", verifyToken));
    }

    public void overridePhone(String phoneNumberId, URI url, String verifyToken) {
        ObjectNode body = JSON.createObjectNode();
        body.set("webhook_configuration", override(url.toString()).put("verify_token", verifyToken));
        api.post(phoneNumberId, body);
    }

    public void removePhoneOverride(String phoneNumberId) {
        ObjectNode body = JSON.createObjectNode();
        body.set("webhook_configuration", override(""));
        api.post(phoneNumberId, body);
    }

    private static ObjectNode override(String url) {
        return JSON.createObjectNode().put("override_callback_uri", url);
    }

    public List<String> phoneNumbersOf(String account) {
        return api.list(account + "/phone_numbers", Map.of("fields", "id")).stream()
                .map(number -> number.path("id").asString(""))
                .toList();
    }

    public Levels levelsOf(String phoneNumberId) {
        JsonNode urls = api.get(phoneNumberId, Map.of("fields", "webhook_configuration"))
                .path("webhook_configuration");
        return new Levels(
                phoneNumberId,
                text(urls.path("phone_number")),
                text(urls.path("whatsapp_business_account")),
                text(urls.path("application")));
    }

    /** Meta's word for the review of an account, such as {@code APPROVED} (WhatsApp Business Account node; not confirmed by a call). */
    public String reviewOf(String account) {
        return word(api.get(account, Map.of("fields", "account_review_status")).path("account_review_status"));
    }

    /**
     * How a phone number stands, in Meta's words (Phone number node; not confirmed by a call).
     *
     * @param status such as {@code CONNECTED}
     * @param quality such as {@code GREEN}
     */
    public record NumberStatus(String status, String quality) {}

    public NumberStatus statusOf(String phoneNumberId) {
        JsonNode answer = api.get(phoneNumberId, Map.of("fields", "status,quality_rating"));
        return new NumberStatus(word(answer.path("status")), word(answer.path("quality_rating")));
    }

    private static String word(JsonNode node) {
        String text = node.asString("");
        return text.matches("[A-Z_]{1,40}") ? text : "UNKNOWN";
    }

    private static @Nullable String text(JsonNode node) {
        String text = node.asString("");
        return text.isEmpty() ? null : text;
    }

    /** Whether the app's own level can be asked for: that takes the app's token, and so its secret. */
    public boolean canAskApp() {
        return !properties.appSecret().isEmpty();
    }

    /** Absent where the app has no webhook for WhatsApp. */
    public @Nullable AppLevel appLevel(String appId) {
        for (JsonNode each : ofApp(appId).list(appId + "/subscriptions", Map.of())) {
            if (each.path("object").asString("").equals(OBJECT)) {
                Set<String> fields = new TreeSet<>();
                // Strings in older versions.
                each.path("fields")
                        .forEach(field -> fields.add(
                                field.isString()
                                        ? field.asString()
                                        : field.path("name").asString("")));
                return new AppLevel(
                        each.path("callback_url").asString(""),
                        each.path("active").asBoolean(false),
                        fields);
            }
        }
        return null;
    }

    /** Adds fields to those of the app. Meta makes a handshake with the URL. */
    public void addFields(String appId, String callbackUrl, Set<String> fields, String verifyToken) {
        ofApp(appId)
                .post(
                        appId + "/subscriptions",
                        JSON.createObjectNode()
                                .put("object", OBJECT)
                                .put("callback_url", callbackUrl)
                                .put("fields", String.join(",", fields))
                                .put("include_values", true)
                                .put("verify_token", verifyToken));
    }

    private GraphApi ofApp(String appId) {
        return GraphApi.over(properties, AccessToken.ofApp(appId, properties.appSecret()));
    }
}
