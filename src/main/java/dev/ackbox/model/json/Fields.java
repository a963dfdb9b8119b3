package dev.ackbox.model.json;

import dev.ackbox.model.Value;
import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.AccountReviewValue;
import dev.ackbox.model.account.AccountSettingsValue;
import dev.ackbox.model.account.AccountUpdateValue;
import dev.ackbox.model.account.BusinessCapabilityValue;
import dev.ackbox.model.account.BusinessStatusValue;
import dev.ackbox.model.account.BusinessUsernameValue;
import dev.ackbox.model.account.CampaignStatusValue;
import dev.ackbox.model.account.FlowsValue;
import dev.ackbox.model.account.PartnerSolutionsValue;
import dev.ackbox.model.account.PaymentConfigurationValue;
import dev.ackbox.model.account.PhoneNumberNameValue;
import dev.ackbox.model.account.PhoneNumberQualityValue;
import dev.ackbox.model.account.SecurityValue;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.groups.GroupLifecycleValue;
import dev.ackbox.model.groups.GroupParticipantsValue;
import dev.ackbox.model.groups.GroupSettingsValue;
import dev.ackbox.model.groups.GroupStatusValue;
import dev.ackbox.model.history.HistoryValue;
import dev.ackbox.model.history.SmbAppStateSyncValue;
import dev.ackbox.model.messages.AutomaticEventsValue;
import dev.ackbox.model.messages.MessageEchoesValue;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.MessagingHandoversValue;
import dev.ackbox.model.messages.SmbMessageEchoesValue;
import dev.ackbox.model.messages.StandbyValue;
import dev.ackbox.model.messages.TrackingEventsValue;
import dev.ackbox.model.messages.UserIdUpdateValue;
import dev.ackbox.model.messages.UserPreferencesValue;
import dev.ackbox.model.templates.TemplateCategoryValue;
import dev.ackbox.model.templates.TemplateComponentsValue;
import dev.ackbox.model.templates.TemplateCorrectCategoryValue;
import dev.ackbox.model.templates.TemplateQualityValue;
import dev.ackbox.model.templates.TemplateStatusValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The platform's fields, and the type of each one's value. */
public final class Fields {

    private static final Map<String, Class<? extends Value>> CURRENT = Map.ofEntries(
            Map.entry("account_alerts", AccountAlertsValue.class),
            Map.entry("account_review_update", AccountReviewValue.class),
            Map.entry("account_settings_update", AccountSettingsValue.class),
            Map.entry("account_update", AccountUpdateValue.class),
            Map.entry("automatic_events", AutomaticEventsValue.class),
            Map.entry("business_capability_update", BusinessCapabilityValue.class),
            Map.entry("business_status_update", BusinessStatusValue.class),
            Map.entry("business_username_updates", BusinessUsernameValue.class),
            Map.entry("calls", CallsValue.class),
            Map.entry("campaign_status_update", CampaignStatusValue.class),
            Map.entry("flows", FlowsValue.class),
            Map.entry("group_lifecycle_update", GroupLifecycleValue.class),
            Map.entry("group_participants_update", GroupParticipantsValue.class),
            Map.entry("group_settings_update", GroupSettingsValue.class),
            Map.entry("group_status_update", GroupStatusValue.class),
            Map.entry("history", HistoryValue.class),
            Map.entry("message_echoes", MessageEchoesValue.class),
            Map.entry("message_template_components_update", TemplateComponentsValue.class),
            Map.entry("message_template_quality_update", TemplateQualityValue.class),
            Map.entry("message_template_status_update", TemplateStatusValue.class),
            Map.entry("messages", MessagesValue.class),
            Map.entry("messaging_handovers", MessagingHandoversValue.class),
            Map.entry("partner_solutions", PartnerSolutionsValue.class),
            Map.entry("payment_configuration_update", PaymentConfigurationValue.class),
            Map.entry("phone_number_name_update", PhoneNumberNameValue.class),
            Map.entry("phone_number_quality_update", PhoneNumberQualityValue.class),
            Map.entry("security", SecurityValue.class),
            Map.entry("smb_app_state_sync", SmbAppStateSyncValue.class),
            Map.entry("smb_message_echoes", SmbMessageEchoesValue.class),
            Map.entry("standby", StandbyValue.class),
            Map.entry("template_category_update", TemplateCategoryValue.class),
            Map.entry("template_correct_category_detection", TemplateCorrectCategoryValue.class),
            Map.entry("tracking_events", TrackingEventsValue.class),
            Map.entry("user_id_update", UserIdUpdateValue.class),
            Map.entry("user_preferences", UserPreferencesValue.class));

    /** Spellings of earlier documentation, and of Meta's OpenAPI description. */
    private static final Map<String, String> ALIASES = Map.of(
            "business_username_update", "business_username_updates",
            "phone_number_username_update", "business_username_updates",
            "group_participant_update", "group_participants_update");

    static final Map<String, Class<? extends Value>> TYPES = byName();

    private static final Map<Class<?>, String> NAMES =
            CURRENT.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private Fields() {}

    private static Map<String, Class<? extends Value>> byName() {
        Map<String, Class<? extends Value>> types = new HashMap<>(CURRENT);
        ALIASES.forEach((alias, field) -> types.put(alias, Objects.requireNonNull(CURRENT.get(field))));
        return Map.copyOf(types);
    }

    /** The type of a field's value; absent where the field has none. */
    public static @Nullable Class<? extends Value> typeOf(String field) {
        return TYPES.get(field);
    }

    /** The types of the values of all fields that have one. */
    public static Set<Class<? extends Value>> types() {
        return Set.copyOf(TYPES.values());
    }

    /** The names of all fields that have a type, earlier spellings included. */
    public static Set<String> names() {
        return TYPES.keySet();
    }

    /**
     * The name of the field with values of a type.
     *
     * @throws IllegalArgumentException where no field has values of this type
     */
    public static String nameOf(Class<? extends Value> type) {
        String name = NAMES.get(type);
        if (name == null) {
            throw new IllegalArgumentException("No field has values of " + type.getName());
        }
        return name;
    }
}
