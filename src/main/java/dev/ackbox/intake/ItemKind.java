package dev.ackbox.intake;

import dev.ackbox.inbox.Lane;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the elements of one array of a field's value are. The fields that are not listed here are never cut: {@code history},
 * {@code standby}, the account's, the templates' and the phone numbers' fields.
 *
 * @param field the field
 * @param array name of the value's array
 * @param knownBy what tells one from another
 * @param lane the budget that they count against
 * @param joinsSingle whether they tell of the value's only other item, where there is exactly one, and stay with it
 * @param conversationOf where they say what they keep their order in, the first that is there: a group, a user, a call; what
 *     stands inside an object of theirs has a dot before it
 */
record ItemKind(
        String field, String array, KnownBy knownBy, Lane lane, boolean joinsSingle, List<String> conversationOf) {

    /** What tells one item from another. */
    enum KnownBy {
        /** Its id. */
        ID,
        /** Its id with the status, the recipient, the time and the error codes. */
        STATUS,
        /** All of its content. */
        CONTENT,
        /** All of its content and, where there is no time for it, when and with what it was received. */
        CONTENT_OR_RECEIPT
    }

    /** Those that join the only other item come last, since that has to be known before. */
    private static final Map<String, List<ItemKind>> BY_FIELD = Stream.of(
                    kind("messages", "messages", KnownBy.ID, "group_id", "from_user_id", "from"),
                    kind("messages", "statuses", KnownBy.STATUS, "group_id", "recipient_user_id", "recipient_id")
                            .in(Lane.STATUSES),
                    kind("messages", "errors", KnownBy.CONTENT_OR_RECEIPT),
                    kind("messages", "user_actions", KnownBy.CONTENT),
                    // A call's recordings and transcripts name no user, but each names its call.
                    kind("calls", "calls", KnownBy.CONTENT, "id"),
                    kind("calls", "statuses", KnownBy.STATUS, "id"),
                    kind("calls", "errors", KnownBy.CONTENT_OR_RECEIPT).joiningSingle(),
                    kind("message_echoes", "message_echoes", KnownBy.ID, "group_id", "to_user_id", "to"),
                    kind("smb_message_echoes", "message_echoes", KnownBy.ID, "group_id", "to_user_id", "to"),
                    kind(
                            "smb_app_state_sync",
                            "state_sync",
                            KnownBy.CONTENT,
                            "contact.user_id",
                            "contact.phone_number"),
                    kind("user_preferences", "user_preferences", KnownBy.CONTENT, "user_id", "wa_id"),
                    // The user's id is changing, and is an object there.
                    kind("user_id_update", "user_id_update", KnownBy.CONTENT, "wa_id", "user_id", "user_id.current"),
                    kind("automatic_events", "automatic_events", KnownBy.CONTENT, "id"),
                    kind("tracking_events", "events", KnownBy.CONTENT),
                    group("group_lifecycle_update"),
                    group("group_participants_update"),
                    group("group_participant_update"),
                    group("group_settings_update"),
                    group("group_status_update"))
            .sorted(Comparator.comparing(ItemKind::joinsSingle))
            .collect(Collectors.groupingBy(ItemKind::field));

    /** The kinds of items of a field; empty where it is not cut. */
    static List<ItemKind> of(String field) {
        return BY_FIELD.getOrDefault(field, List.of());
    }

    /** Whether its id is that of a message; a call's status has that of the call. */
    boolean isOfMessage() {
        return knownBy == KnownBy.ID || (knownBy == KnownBy.STATUS && !field.equals("calls"));
    }

    private static ItemKind group(String field) {
        return kind(field, "groups", KnownBy.CONTENT, "group_id");
    }

    private static ItemKind kind(String field, String array, KnownBy knownBy, String... conversationOf) {
        return new ItemKind(field, array, knownBy, Lane.CHANGES, false, List.of(conversationOf));
    }

    private ItemKind in(Lane other) {
        return new ItemKind(field, array, knownBy, other, joinsSingle, conversationOf);
    }

    private ItemKind joiningSingle() {
        return new ItemKind(field, array, knownBy, lane, true, conversationOf);
    }
}
