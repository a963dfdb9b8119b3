package dev.ackbox.operator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records. */
@SuppressWarnings("UnusedMethod") // picocli calls them
final class FilterOptions {

    private final Map<String, String> values = new LinkedHashMap<>();

    private void put(String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    @Option(names = "--message", paramLabel = "<wamid>", description = "A message and its statuses.")
    private void message(@Nullable String value) {
        put("message", value);
    }

    @Option(names = "--user", paramLabel = "<user>", description = "A phone number or business-scoped ID.")
    private void user(@Nullable String value) {
        put("user", value);
    }

    @Option(names = "--group", paramLabel = "<id>", description = "A group.")
    private void group(@Nullable String value) {
        put("group", value);
    }

    @Option(names = "--account", paramLabel = "<id>", description = "A WhatsApp Business Account.")
    private void account(@Nullable String value) {
        put("account", value);
    }

    @Option(names = "--phone-number", paramLabel = "<id>", description = "A business phone number.")
    private void phoneNumber(@Nullable String value) {
        put("phone-number", value);
    }

    @Option(names = "--field", paramLabel = "<field>", description = "Meta's field, such as messages.")
    private void field(@Nullable String value) {
        put("field", value);
    }

    @Option(names = "--endpoint", paramLabel = "<name>", description = "The endpoint that received them.")
    private void endpoint(@Nullable String value) {
        put("endpoint", value);
    }

    @Option(names = "--key", paramLabel = "<hex>", description = "An idempotency key.")
    private void key(@Nullable String value) {
        put("key", value);
    }

    @Option(
            names = "--from",
            paramLabel = "<time>",
            description = "Received then or later: 2026-11-29T08:00:00Z, or a date.")
    private void from(@Nullable String value) {
        put("from", value);
    }

    @Option(names = "--to", paramLabel = "<time>", description = "Received before that.")
    private void to(@Nullable String value) {
        put("to", value);
    }

    /** By the names of the API. */
    Map<String, String> values() {
        return values;
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
