package dev.ackbox.simulate;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/** All that can be sent. A jar lists no directories, so that each sample is named here. */
final class SampleTypes {

    private static final String TEMPLATE_ID = "/value/message_template_id";

    private static final List<SampleType> ALL = List.of(
            one("text", ArrayLayout.MESSAGES, "a text message (--text sets the text)"),
            one("image", ArrayLayout.MESSAGES, "a photo with a caption"),
            one("audio", ArrayLayout.MESSAGES, "a voice message"),
            one("video", ArrayLayout.MESSAGES, "a video"),
            one("document", ArrayLayout.MESSAGES, "a file with its name"),
            one("sticker", ArrayLayout.MESSAGES, "a sticker"),
            one("location", ArrayLayout.MESSAGES, "a place"),
            one("contacts", ArrayLayout.MESSAGES, "a contact card"),
            one("button", ArrayLayout.MESSAGES, "a tap on a template's quick-reply button"),
            one("interactive", ArrayLayout.MESSAGES, "a tap on a reply button"),
            one("list", ArrayLayout.MESSAGES, "a choice from a list"),
            one("flow-reply", ArrayLayout.MESSAGES, "a completed flow"),
            one("order", ArrayLayout.MESSAGES, "an order from the catalog"),
            one("reaction", ArrayLayout.MESSAGES, "an emoji on a message"),
            one("unsupported", ArrayLayout.MESSAGES, "a message that the platform does not pass on"),
            one("unknown-type", ArrayLayout.MESSAGES, "a message of a type that does not exist yet"),
            new SampleType(
                    "status",
                    "statuses: sent, delivered, read and failed in turn",
                    ArrayLayout.STATUSES,
                    List.of("status-sent", "status-delivered", "status-read", "status-failed")),
            one("status-sent", ArrayLayout.STATUSES, "a message was sent"),
            one("status-delivered", ArrayLayout.STATUSES, "a message reached the user"),
            one("status-read", ArrayLayout.STATUSES, "a message was read"),
            one("status-failed", ArrayLayout.STATUSES, "a message could not be delivered"),
            one("call", ArrayLayout.CALLS, "a user calls"),
            one("echo", ArrayLayout.ECHOES, "a message sent from the WhatsApp Business app"),
            change("template-status", TEMPLATE_ID, "a template was approved"),
            change("template-quality", TEMPLATE_ID, "a template's quality score fell"),
            change("template-category", TEMPLATE_ID, "a template got another category"),
            change("template-components", TEMPLATE_ID, "a template was edited"),
            change("account-alert", "/value/entity_id", "an alert about a phone number"),
            change("account-update", "/value/waba_info/waba_id", "an account was shared with a partner"),
            change("security", "/value/requester", "a two-step verification PIN was changed"),
            change("flow-status", "/value/flow_id", "a flow was published"),
            change("unknown-field", "/value/forecast_id", "a change of a field that does not exist yet"));

    private SampleTypes() {}

    static List<SampleType> all() {
        return ALL;
    }

    static Optional<SampleType> find(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    private static SampleType one(String name, Layout layout, String description) {
        return new SampleType(name, description, layout, List.of(name));
    }

    private static SampleType change(String name, String id, String description) {
        return one(name, new ChangeLayout(JsonPointer.compile(id)), description);
    }
}
