package dev.ackbox.http;

import dev.ackbox.Payloads;
import dev.ackbox.SampleChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The example bodies with a canary in each place that may hold personal data. */
final class CanaryNotifications {

    /** What the platform calls things, and the ids of the business's own: they are shown on purpose. */
    private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)*|[A-Z]+(_[A-Z]+)*|[0-9]{1,8}");

    private static final Set<String> THE_BUSINESS = Set.of("phone_number_id", "display_phone_number", "waba_id");
    private static final Set<String> TIMES = Set.of("timestamp", "time", "expiration_timestamp", "expiration");

    /** Texts of users, which may look like words. */
    private static final Set<String> TEXTS = Set.of(
            "body",
            "caption",
            "filename",
            "name",
            "text",
            "first_name",
            "last_name",
            "formatted_name",
            "title",
            "emoji");

    /** Fields that are about users, and one that holds texts for them. */
    private static final Set<String> FIELDS = Set.of(
            "messages",
            "message_echoes",
            "smb_message_echoes",
            "smb_app_state_sync",
            "history",
            "standby",
            "calls",
            "user_preferences",
            "user_id_update",
            "automatic_events",
            "tracking_events",
            "messaging_handovers",
            "group_lifecycle_update",
            "group_participants_update",
            "group_settings_update",
            "group_status_update",
            "flows",
            "galaxy_alignment_update",
            "message_template_components_update");

    private int ids;

    /** All of them. */
    List<byte[]> all() {
        List<byte[]> bodies = new ArrayList<>();
        for (String name : Payloads.all()) {
            JsonNode body = SampleChanges.JSON.readTree(Payloads.read(name));
            for (JsonNode entry : body.path("entry")) {
                for (JsonNode change : entry.path("changes")) {
                    if (FIELDS.contains(change.path("field").asString(""))
                            && change.path("value").isObject()) {
                        plant((ObjectNode) change.path("value"));
                    }
                }
            }
            bodies.add(SampleChanges.JSON.writeValueAsBytes(body));
        }
        return bodies;
    }

    /** A message of a user that holds nothing but a text. */
    String message(String account, String text) {
        return """
            {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":{\
            "messaging_product":"whatsapp","metadata":{"display_phone_number":"12535550100","phone_number_id":"104598113377210"},\
            "contacts":[{"profile":{"name":%s},"wa_id":"%s","user_id":"%s"}],\
            "messages":[{"from":"%s","id":"%s","timestamp":"1790000000","type":"text","text":{"body":%s}}]}}]}]}""".formatted(
                        account,
                        quoted(Canaries.text("profile name")),
                        Canaries.PHONE,
                        Canaries.USER_ID,
                        Canaries.PHONE,
                        Canaries.wamid(++ids),
                        quoted(text));
    }

    /** The status of a message to a user. */
    String status(String account) {
        return """
            {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":{\
            "messaging_product":"whatsapp","metadata":{"display_phone_number":"12535550100","phone_number_id":"104598113377210"},\
            "statuses":[{"id":"%s","status":"read","timestamp":"1790000000","recipient_id":"%s"}]}}]}]}""".formatted(account, Canaries.wamid(++ids), Canaries.PHONE);
    }

    static String quoted(String text) {
        return SampleChanges.JSON.writeValueAsString(text);
    }

    private void plant(ObjectNode object) {
        for (Map.Entry<String, JsonNode> property : List.copyOf(object.properties())) {
            object.set(property.getKey(), planted(property.getKey(), property.getValue()));
        }
    }

    private JsonNode planted(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            plant(object);
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, planted(name, array.get(i)));
            }
        } else if (node.isString()) {
            return StringNode.valueOf(planted(name, node.asString()));
        } else if (name.equals("latitude") || name.equals("longitude")) {
            return DoubleNode.valueOf(
                    Double.parseDouble(name.equals("latitude") ? Canaries.LATITUDE : Canaries.LONGITUDE));
        }
        return node;
    }

    private String planted(String name, String value) {
        if (THE_BUSINESS.contains(name) || TIMES.contains(name)) {
            return value;
        }
        if (value.startsWith("wamid.")) {
            return Canaries.wamid(++ids);
        }
        if (value.matches("\\+?[0-9]{9,15}")) {
            return Canaries.PHONE;
        }
        if (value.matches("[A-Z]{2}\\.[0-9A-Za-z]+")) {
            return Canaries.USER_ID;
        }
        if (!TEXTS.contains(name) && WORD.matcher(value).matches()) {
            return value;
        }
        return Canaries.text(name.equals("id") ? "id " + ++ids : name);
    }
}
