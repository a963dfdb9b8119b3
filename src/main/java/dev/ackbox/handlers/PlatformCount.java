package dev.ackbox.handlers;

import java.util.List;

/**
 * What the handlers that ship count, each by its labels in this order. A label is a word that the model knows, in lower
 * case, {@code none} where there is no word, or {@code other}: the number of different ones is bounded.
 */
public enum PlatformCount {
    MESSAGES("messages", "Messages received", "type"),
    STATUSES("statuses", "Statuses of messages sent", "status", "code"),
    PAYMENTS("payments", "Statuses of payments", "status", "provider"),
    ERRORS("errors", "Errors that are not about one message", "field", "code"),
    USER_ACTIONS("user.actions", "What users did with marketing messages", "action"),
    ECHOES("echoes", "Messages sent by another way than the API", "field", "type"),
    STANDBY("standby", "What happened in chats of other owners", "kind"),
    HANDOVERS("handovers", "Chats handed from one owner to another", "type", "role"),
    HISTORY_CHUNKS("history.chunks", "Chunks of past chats", "phase"),
    HISTORY_MESSAGES("history.messages", "Messages of past chats", "status"),
    CONTACTS_SYNCED("contacts.synced", "Changes of the app's address book", "action"),
    PREFERENCES("preferences", "What users want", "category", "choice"),
    USER_IDS_CHANGED("user.ids.changed", "Users whose business-scoped id changed"),
    AUTOMATIC_EVENTS("automatic.events", "Leads and purchases found in chats", "event"),
    TRACKING_EVENTS("tracking.events", "What happened to tracked messages", "event"),
    CALLS("calls", "What happened to calls", "event", "direction", "outcome", "code"),
    CALL_STATUSES("call.statuses", "How calls of the business stand", "status"),
    GROUPS("groups", "Changes of groups", "change", "outcome"),
    FLOWS("flows", "Changes and alerts of flows", "event", "state"),
    TEMPLATES("templates", "Changes of templates", "event", "reason"),
    TEMPLATE_QUALITY("template.quality", "Changes of templates' quality", "from", "to"),
    TEMPLATE_CATEGORIES("template.categories", "Categories of templates questioned or changed", "stage", "category"),
    TEMPLATE_EDITS("template.edits", "Templates edited"),
    PHONE_NUMBER_NAMES("phone.number.names", "Reviews of phone numbers' names", "decision", "reason"),
    PHONE_NUMBER_LIMITS("phone.number.limits", "Changes of phone numbers' limits and throughput", "event", "limit"),
    USERNAMES("usernames", "Changes of the business's usernames", "status"),
    SECURITY("security", "What happened to PINs", "event"),
    ACCOUNT_ALERTS("account.alerts", "Alerts", "severity", "type", "status"),
    ACCOUNT_REVIEWS("account.reviews", "Reviews of accounts", "decision"),
    ACCOUNT_EVENTS("account.events", "Changes of accounts", "event"),
    ACCOUNT_VIOLATIONS("account.violations", "Rules broken", "type"),
    ACCOUNT_RESTRICTIONS("account.restrictions", "Restrictions put on accounts", "type"),
    ACCOUNT_BANS("account.bans", "Accounts switched off or on again", "state"),
    ACCOUNT_CERTIFICATIONS("account.certifications", "Verifications of partners' clients", "status"),
    ACCOUNT_LIMITS("account.limits", "Changes of what a business may send", "limit"),
    ACCOUNT_SETTINGS("account.settings", "Changes of settings", "type", "calling"),
    BUSINESS_STATUS("business.status", "What happened to businesses", "event"),
    PARTNER_SOLUTIONS("partner.solutions", "Changes of multi-partner solutions", "event", "status"),
    PAYMENT_CONFIGURATIONS("payment.configurations", "Changes of payment configurations", "provider", "status"),
    CAMPAIGNS("campaigns", "Changes of campaigns");

    private final String meter;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    PlatformCount(String meter, String description, String... labels) {
        this.meter = "ackbox.whatsapp." + meter;
        this.description = description;
        this.labels = List.of(labels);
    }

    /** Name of the meter. */
    public String meter() {
        return meter;
    }

    /** What it counts, in a few words. */
    public String description() {
        return description;
    }

    /** Names of the labels. */
    public List<String> labels() {
        return labels;
    }
}
