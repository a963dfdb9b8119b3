package dev.ackbox.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records. */
final class FilterOptions {

    @Option(names = "--message", paramLabel = "<wamid>", description = "A message and its statuses.")
    private @Nullable String message;

    @Option(names = "--user", paramLabel = "<user>", description = "A phone number or business-scoped ID.")
    private @Nullable String user;

    @Option(names = "--group", paramLabel = "<id>", description = "A group.")
    private @Nullable String group;

    @Option(names = "--account", paramLabel = "<id>", description = "A WhatsApp Business Account.")
    private @Nullable String account;

    @Option(names = "--phone-number", paramLabel = "<id>", description = "A business phone number.")
    private @Nullable String phoneNumber;

    @Option(names = "--field", paramLabel = "<field>", description = "Meta's field, such as messages.")
    private @Nullable String field;

    @Option(names = "--endpoint", paramLabel = "<name>", description = "The endpoint that received them.")
    private @Nullable String endpoint;

    @Option(names = "--key", paramLabel = "<hex>", description = "An idempotency key.")
    private @Nullable String key;

    @Option(
            names = "--from",
            paramLabel = "<time>",
            description = "Received then or later: 2026-11-29T08:00:00Z, or a date.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "<time>", description = "Received before that.")
    private @Nullable String to;

    /** By the names of the API; without those that are absent. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "message", message);
        put(values, "user", user);
        put(values, "group", group);
        put(values, "account", account);
        put(values, "phone-number", phoneNumber);
        put(values, "field", field);
        put(values, "endpoint", endpoint);
        put(values, "key", key);
        put(values, "from", from);
        put(values, "to", to);
        return values;
    }

    static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    /** As a query, with further parameters. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(next -> next.getKey() + "=" + encoded(next.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** For a query or a path. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
