package dev.ackbox.intake;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** How many items are in a body: counted by other means than those of the splitter. */
final class Bodies {

    /** The arrays that are cut, written down a second time. */
    private static final Map<String, List<String>> ARRAYS = Map.ofEntries(
            Map.entry("messages", List.of("messages", "statuses", "errors", "user_actions")),
            Map.entry("calls", List.of("calls", "statuses")),
            Map.entry("message_echoes", List.of("message_echoes")),
            Map.entry("smb_message_echoes", List.of("message_echoes")),
            Map.entry("smb_app_state_sync", List.of("state_sync")),
            Map.entry("user_preferences", List.of("user_preferences")),
            Map.entry("user_id_update", List.of("user_id_update")),
            Map.entry("automatic_events", List.of("automatic_events")),
            Map.entry("tracking_events", List.of("events")),
            Map.entry("group_lifecycle_update", List.of("groups")),
            Map.entry("group_participants_update", List.of("groups")),
            Map.entry("group_participant_update", List.of("groups")),
            Map.entry("group_settings_update", List.of("groups")),
            Map.entry("group_status_update", List.of("groups")));

    private Bodies() {}

    static boolean isDashboardTest(String name) {
        return name.startsWith("_dashboard_test/");
    }

    /** How many records the items of a notification come to, where none of its changes stays whole because of its size. */
    static int countItems(JsonNode notification) {
        return Math.max(
                1,
                elements(notification, "entry")
                        .mapToInt(entry -> Math.max(
                                1,
                                elements(entry, "changes")
                                        .mapToInt(Bodies::countItemsOfChange)
                                        .sum()))
                        .sum());
    }

    private static int countItemsOfChange(JsonNode change) {
        JsonNode field = change.path("field");
        JsonNode value = change.path("value");
        int items = ARRAYS.getOrDefault(field.isString() ? field.asString() : "", List.of()).stream()
                .mapToInt(array -> (int) elements(value, array).count())
                .sum();
        if (field.isString() && field.asString().equals("calls") && items != 1) {
            items += (int) elements(value, "errors").count();
        }
        return Math.max(1, items);
    }

    private static Stream<JsonNode> elements(JsonNode object, String name) {
        JsonNode array = object.path(name);
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }
}
