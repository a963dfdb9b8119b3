package dev.ackbox.intake;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an item of one notification is known by:
 *
 * <ul>
 *   <li>a message by its id;
 *   <li>a status by the message's id, the status, the recipient and its time;
 *   <li>anything else, payment statuses included, by all of its content with the id and time of its entry.
 * </ul>
 *
 * <p>The item's time leads each key, and a redelivery repeats it. Test notifications of the app dashboard carry the same
 * ids each time (observed), so that no two of them are the same.
 */
final class Identification {

    /** The entry id of the dashboard's test notifications (observed). */
    private static final String TEST_ENTRY_ID = "0";

    /** Their phone number id (observed). */
    private static final String TEST_PHONE_NUMBER_ID = "123456123";

    private final String endpoint;
    private final byte[] body;

    Identification(String endpoint, byte[] body) {
        this.endpoint = endpoint;
        this.body = body;
    }

    /** The whole body, of which nothing is known. */
    Identity ofBody() {
        Digest digest = digest("body").add(body, 0, body.length);
        return new Identity(key(null, digest), Lane.CHANGES, conversation("unknown"), null);
    }

    /** An entry or a change that is not cut any further. */
    Identity ofWhole(JsonSpan entry, String field, JsonSpan whole, @Nullable JsonSpan value, Lane lane) {
        Instant time = ItemTime.parse(entry.text("time"));
        String conversation = conversation(entry.text("id"), field, phoneNumberId(value));
        return new Identity(key(time, byContent(entry, field, value, whole)), lane, conversation, time);
    }

    Identity ofItem(JsonSpan entry, JsonSpan value, ItemSpan item) {
        return switch (item.array()) {
            case "messages" -> ofMessage(entry, value, item.span());
            case "statuses" -> ofStatus(entry, value, item.span());
            default -> ofOther(entry, value, item, Lane.CHANGES, phoneNumberId(value));
        };
    }

    private Identity ofMessage(JsonSpan entry, JsonSpan value, JsonSpan message) {
        String user = firstText(message, "group_id", "from_user_id", "from");
        String id = message.text("id");
        if (id == null) {
            return ofOther(entry, value, new ItemSpan("messages", message), Lane.CHANGES, phoneNumberId(value), user);
        }
        Instant time = ItemTime.parse(message.text("timestamp"));
        Digest digest = digest("message").add(id).add(nonceForTest(entry, value));
        return new Identity(key(time, digest), Lane.CHANGES, conversation(phoneNumberId(value), user), time);
    }

    private Identity ofStatus(JsonSpan entry, JsonSpan value, JsonSpan status) {
        String user = firstText(status, "group_id", "recipient_user_id", "recipient_id");
        String id = status.text("id");
        // Several transactions may be reported for one message at the same time.
        boolean payment = status.get("payment") != null;
        if (id == null || payment) {
            return ofOther(entry, value, new ItemSpan("statuses", status), Lane.STATUSES, phoneNumberId(value), user);
        }
        Instant time = ItemTime.parse(status.text("timestamp"));
        Digest digest = digest("status")
                .add(id)
                .add(status.text("status"))
                .add(status.text("timestamp"))
                .add(firstText(status, "recipient_id", "recipient_user_id"))
                .add(firstText(
                        status,
                        "recipient_participant_id",
                        "participant_recipient_id",
                        "recipient_participant_user_id"))
                .add(nonceForTest(entry, value));
        return new Identity(key(time, digest), Lane.STATUSES, conversation(phoneNumberId(value), user), time);
    }

    private Identity ofOther(
            JsonSpan entry, JsonSpan value, ItemSpan item, Lane lane, @Nullable String... conversation) {
        Instant own = ItemTime.parse(item.span().text("timestamp"));
        Instant time = own == null ? ItemTime.parse(entry.text("time")) : own;
        Digest digest = byContent(entry, item.array(), value, item.span());
        return new Identity(key(time, digest), lane, conversation(conversation), time);
    }

    private Digest byContent(JsonSpan entry, String kind, @Nullable JsonSpan value, JsonSpan content) {
        return digest(kind)
                .add(entry.text("id"))
                .add(entry.text("time"))
                .add(phoneNumberId(value))
                .addCanonical(body, content)
                .add(nonceForTest(entry, value));
    }

    private Digest digest(String kind) {
        return new Digest().add(endpoint).add(kind);
    }

    private static IdempotencyKey key(@Nullable Instant time, Digest digest) {
        return IdempotencyKey.of(time == null ? 0 : time.getEpochSecond(), digest.toBytes());
    }

    private static @Nullable String nonceForTest(JsonSpan entry, @Nullable JsonSpan value) {
        boolean test = TEST_ENTRY_ID.equals(entry.text("id")) || TEST_PHONE_NUMBER_ID.equals(phoneNumberId(value));
        return test ? UUID.randomUUID().toString() : null;
    }

    private static @Nullable String phoneNumberId(@Nullable JsonSpan value) {
        JsonSpan metadata = value == null ? null : value.get("metadata");
        return metadata == null ? null : metadata.text("phone_number_id");
    }

    private static @Nullable String firstText(JsonSpan object, String... names) {
        for (String name : names) {
            String text = object.text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private String conversation(@Nullable String... parts) {
        StringBuilder conversation = new StringBuilder(endpoint);
        for (String part : parts) {
            conversation.append('/').append(part == null ? "" : part);
        }
        return conversation.toString();
    }
}
