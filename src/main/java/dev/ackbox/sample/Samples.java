package dev.ackbox.sample;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes samples of what Meta sends, meant for static import:
 *
 * <pre>{@code
 * text("hello").from(user("Nadia").withoutNumber())
 * order("mug-blue", 2).inGroup("Y2FwaV9n")
 * status("read").of("wamid.HBgL")
 * templateStatus("PAUSED").with("/message_template_name", "order_on_its_way")
 * sample("phone_number_quality_update")
 * }</pre>
 */
public final class Samples {

    private static final JsonMapper JSON = new JsonMapper();

    private Samples() {}

    /** An invented user; a name always has the same number and the same id. */
    public static SampleUser user(String name) {
        return SampleUser.named(name);
    }

    /**
     * Any sample by its name, such as {@code location}, or the first one of a field by Meta's name of that, such as {@code
     * account_review_update}. {@link SampleKinds} lists them.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Sample sample(String name) {
        List<SampleKind> named = SampleKinds.named(name);
        if (named.isEmpty()) {
            throw new IllegalArgumentException("There is no sample '" + name + "', but "
                    + SampleKinds.all().stream().map(SampleKind::name).collect(Collectors.joining(", ")));
        }
        return named.get(0).sample();
    }

    /** A text message. */
    public static Sample text(String body) {
        return sample("text").with("/text/body", body);
    }

    /** A photo with a caption. */
    public static Sample image() {
        return sample("image");
    }

    /** A file with its name. */
    public static Sample document() {
        return sample("document");
    }

    /** A place that the user shares. */
    public static Sample location() {
        return sample("location");
    }

    /** The user taps a reply button. */
    public static Sample buttonReply(String id, String title) {
        return sample("interactive").with("/interactive/button_reply", Map.of("id", id, "title", title));
    }

    /** The user chooses from a list. */
    public static Sample listReply(String id, String title) {
        return sample("list").with("/interactive/list_reply", Map.of("id", id, "title", title));
    }

    /** The user taps a quick-reply button of a template. */
    public static Sample templateButton(String payload, String text) {
        return sample("button").with("/button", Map.of("payload", payload, "text", text));
    }

    /**
     * The user completes a Flow.
     *
     * @param response the form's values; what Jackson can write
     */
    public static Sample flowReply(Object response) {
        return sample("flow-reply").with("/interactive/nfm_reply/response_json", JSON.writeValueAsString(response));
    }

    /** An order of one product, at 12.50 US dollars a piece. */
    public static Sample order(String productId, int quantity) {
        return sample("order")
                .with("/order/product_items/0/product_retailer_id", productId)
                .with("/order/product_items/0/quantity", quantity);
    }

    /** The user reacts to a message. */
    public static Sample reaction(String emoji, String messageId) {
        return sample("reaction").with("/reaction/message_id", messageId).with("/reaction/emoji", emoji);
    }

    /** The user has another phone number from now on. */
    public static Sample numberChange(String newNumber) {
        return sample("system-user-changed-number")
                .with("/system/wa_id", newNumber)
                .with("/system/body", "User changed their phone number to " + newNumber);
    }

    /**
     * The status of a message that the business sent.
     *
     * @param status {@code sent}, {@code delivered}, {@code read}, {@code played} or {@code failed}
     */
    public static Sample status(String status) {
        return sample("status-" + status);
    }

    /** A message that could not be delivered, with the code of the reason, such as 131026. */
    public static Sample failed(int errorCode) {
        return status("failed").with("/errors/0/code", errorCode);
    }

    /** A template has another status, such as {@code PAUSED}. */
    public static Sample templateStatus(String event) {
        return sample("template-status").with("/event", event);
    }

    /** The user calls the business. */
    public static Sample call() {
        return sample("call");
    }
}
