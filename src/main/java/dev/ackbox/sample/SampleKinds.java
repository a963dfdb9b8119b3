package dev.ackbox.sample;

import java.util.List;
import java.util.function.Predicate;

/** All kinds of samples: at least one of each field. A jar lists no directories, so each is named here. */
public final class SampleKinds {

    private static final Layout MESSAGE = Layout.element("messages", "/id");
    private static final Layout STATUS = Layout.element("statuses", "/id");
    private static final Layout ECHO = Layout.element("message_echoes", "/id");
    private static final Layout GROUP = Layout.element("groups");
    private static final Layout TEMPLATE = Layout.value("/message_template_id");

    private static final List<SampleKind> ALL = List.of(
            kind("text", MESSAGE, "a text message"),
            kind("image", MESSAGE, "a photo with a caption"),
            kind("audio", MESSAGE, "a voice message"),
            kind("video", MESSAGE, "a video"),
            kind("document", MESSAGE, "a file with its name"),
            kind("sticker", MESSAGE, "a sticker"),
            kind("location", MESSAGE, "a place"),
            kind("contacts", MESSAGE, "a contact card"),
            kind("button", MESSAGE, "a tap on a template's quick-reply button"),
            kind("interactive", MESSAGE, "a tap on a reply button"),
            kind("list", MESSAGE, "a choice from a list"),
            kind("flow-reply", MESSAGE, "a completed Flow"),
            kind("order", MESSAGE, "an order from the catalog"),
            kind("reaction", MESSAGE, "an emoji on a message"),
            kind("edit", MESSAGE, "a user changed a message"),
            kind("revoke", MESSAGE, "a user deleted a message"),
            kind("system-user-changed-number", MESSAGE, "a user has another phone number"),
            kind("system-user-changed-user-id", MESSAGE, "a user has another business-scoped id"),
            kind("system-customer-identity-changed", MESSAGE, "a user's identity key changed"),
            kind("unsupported", MESSAGE, "a message that Meta does not pass on"),
            kind("unknown-type", MESSAGE, "a message of a type that does not exist yet"),
            kind("status-sent", STATUS, "a message was sent"),
            kind("status-delivered", STATUS, "a message reached the user"),
            kind("status-read", STATUS, "a message was read"),
            kind("status-played", STATUS, "a voice message was played"),
            kind("status-failed", STATUS, "a message could not be delivered"),
            kind("payment-status", STATUS, "a payment was captured"),
            kind(
                    "user-action",
                    Layout.element("user_actions", "/marketing_messages_link_click_data/click_id"),
                    "a user opened the link of a marketing message"),
            kind("call", Layout.element("calls", "/id"), "a user calls"),
            kind("echo", ECHO, "a message sent from the WhatsApp Business app"),
            kind("bot-echo", ECHO, "a message sent by another app of the business"),
            kind(
                    "history",
                    Layout.value("/history/0/threads/0/messages/0/id")
                            .timeAt("/history/0/threads/0/messages/0/timestamp"),
                    "past chats of a number that was taken over from the app"),
            kind(
                    "contact-sync",
                    Layout.element("state_sync").timeAt("/metadata/timestamp"),
                    "a contact was added in the WhatsApp Business app"),
            kind("handover", Layout.value().timeAt("/timestamp"), "a person takes a chat over from a bot"),
            kind(
                    "standby",
                    Layout.value("/standby/messages/0/id").timeAt("/standby/messages/0/timestamp"),
                    "what goes on in a chat that another app handles"),
            kind("user-preference", Layout.element("user_preferences"), "a user wants marketing messages again"),
            kind("automatic-event", Layout.element("automatic_events", "/id"), "a purchase in a chat was recognised"),
            kind(
                    "tracking-event",
                    Layout.element("events", "/tracking_data/click_id"),
                    "a tracked message was delivered"),
            kind("group-lifecycle", Layout.element("groups", "/request_id"), "a group was created"),
            kind("group-participants", GROUP, "a user joined a group"),
            kind("group-join-request", Layout.element("groups", "/join_request_id"), "a user asks to join a group"),
            kind("group-settings", GROUP, "a group has another subject"),
            kind("group-status", GROUP, "a group is no longer suspended"),
            kind("template-status", TEMPLATE, "a template was approved"),
            kind("template-quality", TEMPLATE, "a template's quality score fell"),
            kind("template-category", TEMPLATE, "a template got another category"),
            kind("template-correct-category", TEMPLATE, "a template seems to be in the wrong category"),
            kind("template-components", TEMPLATE, "a template was edited"),
            kind("account-alert", Layout.value("/entity_id"), "an alert about a phone number"),
            kind("account-review", Layout.value(), "an account's review ended with a rejection"),
            kind("account-settings", Layout.value().timeAt("/timestamp"), "calls were turned off for a phone number"),
            kind("account-update", Layout.value("/waba_info/waba_id"), "an account was shared with a partner"),
            kind("business-capability", Layout.value(), "an account has another messaging limit"),
            kind("business-status", Layout.value("/business_id"), "a business account was compromised"),
            kind("business-username", Layout.value(), "the business has a username"),
            kind("number-name", Layout.value(), "a phone number's display name was rejected"),
            kind("number-quality", Layout.value(), "a phone number has its first messaging limit"),
            kind("partner-solution", Layout.value("/solution_id"), "a partner solution is about to end"),
            kind("payment-configuration", Layout.value("/provider_mid"), "a payment configuration is active"),
            kind("flow-status", Layout.value("/flow_id"), "a Flow was published"),
            kind("security", Layout.value("/requester"), "a two-step verification PIN was changed"),
            kind("unknown-field", Layout.value("/forecast_id"), "a change of a field that does not exist yet"));

    private SampleKinds() {}

    private static SampleKind kind(String name, Layout layout, String description) {
        return new SampleKind(name, layout, description);
    }

    /** All of them, messages first. */
    public static List<SampleKind> all() {
        return ALL;
    }

    /**
     * The kinds that a name stands for: the one that has it, or else those whose names begin with it and a hyphen, or else those
     * of the field that has it.
     *
     * @return empty where there is no such name
     */
    public static List<SampleKind> named(String name) {
        List<SampleKind> named = where(kind -> kind.name().equals(name));
        if (named.isEmpty()) {
            named = where(kind -> kind.name().startsWith(name + "-"));
        }
        return named.isEmpty() ? where(kind -> kind.field().equals(name)) : named;
    }

    private static List<SampleKind> where(Predicate<SampleKind> condition) {
        return ALL.stream().filter(condition).toList();
    }
}
