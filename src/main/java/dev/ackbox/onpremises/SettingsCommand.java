package dev.ackbox.onpremises;

import dev.ackbox.command.DryRun;
import dev.ackbox.command.TerminalCommand;
import dev.ackbox.command.WebUrl;
import dev.ackbox.command.WholeExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API's webhooks do: {@code /v1/settings/application} (documented: WhatsApp Business On-Premises API, "Application settings").
 */
@Command(
        name = "settings",
        description = "What the webhooks of an On-Premises API do. Meta's own API is gone since October 2025.",
        synopsisSubcommandLabel = "<command>",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:not done", "2:wrong usage"})
final class SettingsCommand extends TerminalCommand {

    /** There the token does not show in the list of processes. */
    private static final String VARIABLE = "ACKBOX_ON_PREMISES_TOKEN";

    private static final String PATH = "/v1/settings/application";
    private static final int MAX_ANSWER = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Those that concern webhooks, as JSON pointers below the application's settings. */
    private static final List<String> SHOWN = List.of(
            "/callback_persist",
            "/sent_status",
            "/webhooks/url",
            "/webhooks/max_concurrent_requests",
            "/webhooks/message/sent",
            "/webhooks/message/delivered",
            "/webhooks/message/read",
            "/pass_through");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Where the API is, and who asks. */
    static final class Api {

        @Option(names = "--api", required = true, paramLabel = "<url>", description = "Where the API is, without /v1.")
        private URI url = URI.create("");

        @Option(
                names = "--header",
                paramLabel = "<name>",
                defaultValue = "Authorization",
                description = "Header of the token. Default: Authorization, with Bearer before the token.")
        private String header = "";

        @Option(
                names = "--token",
                paramLabel = "<token>",
                defaultValue = "${env:" + VARIABLE + "}",
                description = "What proves who asks. Default: the environment variable " + VARIABLE + ".")
        private @Nullable String token;
    }

    @Command(name = "get", description = "Shows the settings that concern webhooks.")
    int get(@Mixin Api api) throws InterruptedException {
        JsonNode answer = send(api, "GET", null);
        if (answer == null) {
            return ExitCode.SOFTWARE;
        }
        JsonNode settings = answer.at("/settings/application");
        for (String pointer : SHOWN) {
            JsonNode value = settings.at(pointer);
            if (!value.isMissingNode()) {
                setting(pointer.substring(1).replace('/', '.'), value.asString(value.toString()));
            }
        }
        setting("API version", answer.at("/meta/version").asString("unknown"));
        return ExitCode.OK;
    }

    @Command(name = "set", description = "Changes the settings that are given, and no others.")
    int set(
            @Mixin Api api,
            @Option(
                            names = "--callback-persist",
                            arity = "1",
                            paramLabel = "<true|false>",
                            description = "Keep callbacks on disk until they are acknowledged; needs a restart.")
                    @Nullable
                    Boolean callbackPersist,
            @Option(
                            names = "--sent-status",
                            arity = "1",
                            paramLabel = "<true|false>",
                            description = "Deprecated: use --message-sent.")
                    @Nullable
                    Boolean sentStatus,
            @Option(names = "--webhook-url", paramLabel = "<url>", description = "The callback URL.") @Nullable
                    String webhookUrl,
            @Option(
                            names = "--message-sent",
                            arity = "1",
                            paramLabel = "<true|false>",
                            description = "Tell of messages that are sent.")
                    @Nullable
                    Boolean sent,
            @Option(
                            names = "--message-delivered",
                            arity = "1",
                            paramLabel = "<true|false>",
                            description = "Tell of messages that are delivered.")
                    @Nullable
                    Boolean delivered,
            @Option(
                            names = "--message-read",
                            arity = "1",
                            paramLabel = "<true|false>",
                            description = "Tell of messages that are read.")
                    @Nullable
                    Boolean read,
            @Option(
                            names = "--max-concurrent-requests",
                            paramLabel = "<n>",
                            description = "Callbacks at a time, such as 12; needs a restart.")
                    @Nullable
                    Integer concurrency,
            @Mixin DryRun dryRun)
            throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        put(body, "callback_persist", callbackPersist);
        put(body, "sent_status", sentStatus);
        ObjectNode webhooks = JSON.createObjectNode();
        if (webhookUrl != null) {
            webhooks.put("url", checked(webhookUrl));
        }
        if (concurrency != null) {
            require(
                    concurrency >= 1 && concurrency <= 1_000,
                    spec(),
                    "--max-concurrent-requests must be from 1 to 1000");
            webhooks.put("max_concurrent_requests", concurrency);
        }
        ObjectNode message = JSON.createObjectNode();
        put(message, "sent", sent);
        put(message, "delivered", delivered);
        put(message, "read", read);
        if (!message.isEmpty()) {
            webhooks.set("message", message);
        }
        if (!webhooks.isEmpty()) {
            body.set("webhooks", webhooks);
        }
        require(!body.isEmpty(), spec(), "Say what to change: --help lists the settings");
        if (sentStatus != null) {
            spec().commandLine().getErr().println("sent_status is deprecated since version 2.45: use --message-sent.");
        }
        if (dryRun.isOn()) {
            return done("Would PATCH " + PATH + " with " + JSON.writeValueAsString(body));
        }
        if (send(api, "PATCH", body) == null) {
            return ExitCode.SOFTWARE;
        }
        return done("Changed"
                + (callbackPersist != null || concurrency != null ? ". It holds after a restart of the API" : ""));
    }

    /** With user and password if need be: such an API signs nothing, so its webhooks may prove themselves by them. */
    private String checked(String url) {
        try {
            if (WebUrl.isWhole(new URI(url))) {
                return url;
            }
        } catch (URISyntaxException ex) {
            // Said below.
        }
        throw usage("--webhook-url must be a whole http or https URL with a host");
    }

    private static void put(ObjectNode node, String name, @Nullable Boolean value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Returns the answer; absent where it says no, which is printed. */
    private @Nullable JsonNode send(Api api, String method, @Nullable JsonNode body) throws InterruptedException {
        require(WebUrl.isWhole(api.url), spec(), "--api must be a whole URL with a host");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(api.url.toString().replaceAll("/+$", "") + PATH))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (api.token != null && !api.token.isEmpty()) {
            request.header(
                    api.header, api.header.equalsIgnoreCase("Authorization") ? "Bearer " + api.token : api.token);
        }
        try {
            WholeExchange.Answer answer = WholeExchange.send(client, request.build(), MAX_ANSWER);
            if (answer.status() >= 200 && answer.status() < 300) {
                return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
            }
            fail("The API answers " + answer.status()
                    + (answer.status() == 401 ? ": see --token, --header and " + VARIABLE : ""));
        } catch (JacksonException ex) {
            fail("The API answers something other than JSON");
        } catch (IOException ex) {
            fail("The API does not answer (" + ex.getClass().getSimpleName() + ")");
        }
        return null;
    }

    private void setting(String name, String value) {
        out().println("%-34s %s".formatted(name, value));
    }
}
