package dev.ackbox.ops;

import java.util.Set;

/** The tag for a field: known names only, since each new value of a tag costs memory in whatever collects the metrics. */
final class FieldTag {

    private static final Set<String> KNOWN = Set.of(
            "account_alerts",
            "account_review_update",
            "account_settings_update",
            "account_update",
            "automatic_events",
            "business_capability_update",
            "business_status_update",
            "business_username_updates",
            "calls",
            "campaign_status_update",
            "flows",
            "group_lifecycle_update",
            "group_participants_update",
            "group_settings_update",
            "group_status_update",
            "history",
            "message_echoes",
            "message_template_components_update",
            "message_template_quality_update",
            "message_template_status_update",
            "messages",
            "messaging_handovers",
            "none",
            "partner_solutions",
            "payment_configuration_update",
            "phone_number_name_update",
            "phone_number_quality_update",
            "security",
            "smb_app_state_sync",
            "smb_message_echoes",
            "standby",
            "template_category_update",
            "template_correct_category_detection",
            "tracking_events",
            "unreadable",
            "user_id_update",
            "user_preferences");

    private static final String OTHER = "other";

    private FieldTag() {}

    static String of(String field) {
        return KNOWN.contains(field) ? field : OTHER;
    }
}
