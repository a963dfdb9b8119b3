package dev.ackbox.intake;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import dev.ackbox.intake.ItemKind.KnownBy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an item of one notification is known by:
 *
 * <ul>
 *   <li>a message, or the echo of one, by its id;
 *   <li>a status of a message or a call by the id of that, the status, the recipient and its time;
 *   <li>anything else, payment statuses and a call's events included, by all of its content with the id and time of its
 *       entry.
 * </ul>
 *
 * <p>Errors that stay with an item are part of what it is known by, so that none is lost.
 * Fields are kept apart, since one id may stand in several of them. The item's own time leads each key, and a redelivery
 * repeats it; times inside an item's objects are those of something that may be long past, and only count as content. Test
 * notifications of the app dashboard carry the same ids each time (observed), so that no two of them are the same.
 *
 * <p>The conversation is the phone number with the user, group or call that the item names, the same in all fields. A change
 * that is not cut keeps its order within its account, field and phone number, except for handovers: these belong to the
 * user's messages.
 */
final class Identification {

    /** The entry id of the dashboard's test notifications (observed). */
    private static final String TEST_ENTRY_ID = "0";

    /** Their phone number id (observed). */
    private static final String TEST_PHONE_NUMBER_ID = "123456123";

    /** The business' number; in handovers it is the recipient's. */
    private static final List<String> PHONE_NUMBER_ID =
            List.of("metadata.phone_number_id", "recipient.phone_number_id");

    private static final String HANDOVERS = "messaging_handovers";
    private static final List<String> USER_OF_HANDOVER = List.of("sender.user_id", "sender.phone_number");

    private static final List<String> RECIPIENT = List.of("recipient_id", "recipient_user_id");
    private static final List<String> PARTICIPANT =
            List.of("recipient_participant_id", "participant_recipient_id", "recipient_participant_user_id");

    private final String endpoint;
    private final byte[] body;

    Identification(String endpoint, byte[] body) {
        this.endpoint = endpoint;
        this.body = body;
    }

    /** The whole body, of which nothing is known. */
    Identity ofBody() {
        Digest digest = digest("body", null).add(body, 0, body.length);
        return new Identity(key(null, digest), Lane.CHANGES, conversation("unknown"), null);
    }

    /** An entry without changes. */
    Identity ofWhole(JsonSpan entry) {
        Digest digest = byContent(digest(ChangeSpan.NO_FIELD, null), entry, JsonSpan.NONE, entry);
        return ofWhole(entry, digest, Lane.CHANGES, conversation(entry.text("id"), ChangeSpan.NO_FIELD, null));
    }

    /** A change that is not cut any further. */
    Identity ofWhole(JsonSpan entry, ChangeSpan change) {
        JsonSpan value = change.value();
        Digest digest = byContent(digest(change.field(), null), entry, value, change.span());
        String user = value.firstText(USER_OF_HANDOVER);
        String conversation = change.field().equals(HANDOVERS) && user != null
                ? conversation(phoneNumberId(value), user)
                : conversation(entry.text("id"), change.field(), phoneNumberId(value));
        return ofWhole(entry, digest, change.lane(), conversation);
    }

    private static Identity ofWhole(JsonSpan entry, Digest digest, Lane lane, String conversation) {
        Instant time = ItemTime.parse(entry.text("time"));
        return new Identity(key(time, digest), lane, conversation, time);
    }

    /** An item of a change. */
    Identity ofItem(JsonSpan entry, ChangeSpan change, ItemSpan item) {
        ItemKind kind = item.kind();
        JsonSpan value = change.value();
        Instant time = ItemTime.parse(item.span().text("timestamp"));
        Digest digest = digest(kind.field(), kind.array());
        if (isKnownByContent(item)) {
            byContent(digest, entry, value, item.span());
            time = time == null ? ItemTime.parse(entry.text("time")) : time;
        } else {
            byId(digest, item).add(nonceForTest(entry, value));
        }
        change.joined().forEach(joined -> digest.addCanonical(body, joined));
        String conversation = conversation(phoneNumberId(value), item.span().firstText(kind.conversationOf()));
        return new Identity(key(time, digest), kind.lane(), conversation, time);
    }

    private static boolean isKnownByContent(ItemSpan item) {
        // Several transactions may be reported for one message at the same time.
        boolean payment = item.kind().knownBy() == KnownBy.STATUS && item.span().get("payment") != null;
        return item.kind().knownBy() == KnownBy.CONTENT || item.span().text("id") == null || payment;
    }

    private static Digest byId(Digest digest, ItemSpan item) {
        JsonSpan span = item.span();
        digest.add("id").add(span.text("id"));
        if (item.kind().knownBy() == KnownBy.STATUS) {
            digest.add(span.text("status"))
                    .add(span.text("timestamp"))
                    .add(span.firstText(RECIPIENT))
                    .add(span.firstText(PARTICIPANT));
        }
        return digest;
    }

    private Digest byContent(Digest digest, JsonSpan entry, JsonSpan value, JsonSpan content) {
        return digest.add("content")
                .add(entry.text("id"))
                .add(entry.text("time"))
                .add(phoneNumberId(value))
                .addCanonical(body, content)
                .add(nonceForTest(entry, value));
    }

    private Digest digest(String kind, @Nullable String array) {
        return new Digest().add(endpoint).add(kind).add(array);
    }

    private static IdempotencyKey key(@Nullable Instant time, Digest digest) {
        return IdempotencyKey.of(time == null ? 0 : time.getEpochSecond(), digest.toBytes());
    }

    private static @Nullable String nonceForTest(JsonSpan entry, JsonSpan value) {
        boolean test = TEST_ENTRY_ID.equals(entry.text("id")) || TEST_PHONE_NUMBER_ID.equals(phoneNumberId(value));
        return test ? UUID.randomUUID().toString() : null;
    }

    private static @Nullable String phoneNumberId(JsonSpan value) {
        return value.firstText(PHONE_NUMBER_ID);
    }

    private String conversation(@Nullable String... parts) {
        StringBuilder conversation = new StringBuilder(endpoint);
        for (String part : parts) {
            conversation.append('/').append(part == null ? "" : part);
        }
        return conversation.toString();
    }
}
