package dev.ackbox.intake;

import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.Lane;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an item of one notification is known by:
 *
 * <ul>
 *   <li>a message, or the echo of one, by its id; a placeholder of a message has a key of its own, so that it never keeps
 *       the content out;
 *   <li>a status of a message or a call by the id of that, the status, the recipient, its time and its error codes;
 *   <li>anything else, payment statuses and a call's events included, by all of its content with the id and time of its
 *       entry, and by its number among equal items of the notification;
 *   <li>an error for which there is no time, by the whole notification and the minute in which that was received as well.
 * </ul>
 *
 * <p>Errors that stay with an item are part of what it is known by, so that none is lost.
 * Fields are kept apart, since one id may stand in several of them. The item's own time leads each key, and a redelivery
 * repeats it; times inside an item's objects are those of something that may be long past, and only count as content. Test
 * notifications of the app dashboard carry the same ids each time (observed), so that no two of them are the same. An empty
 * id counts as absent.
 *
 * <p>The conversation is the phone number with the user, group or call that the item names, the same in all fields. A change
 * that is not cut keeps its order within its account, field and phone number, except for handovers: these belong to the
 * user's messages.
 */
final class Identification {

    /** The business' number; in handovers it is the recipient's. */
    private static final List<String> PHONE_NUMBER_ID =
            List.of("metadata.phone_number_id", "recipient.phone_number_id");

    private static final String HANDOVERS = "messaging_handovers";
    private static final List<String> USER_OF_HANDOVER = List.of("sender.user_id", "sender.phone_number");

    private final String endpoint;
    private final Keys keys;

    Identification(String endpoint, byte[] body, Instant receivedAt) {
        this.endpoint = endpoint;
        this.keys = new Keys(endpoint, body, receivedAt);
    }

    /** The whole body, of which nothing is known. */
    Identity ofBody() {
        return new Identity(keys.ofBody(), Lane.CHANGES, conversation("unknown"), null, About.NOTHING);
    }

    /** An entry without changes. */
    Identity ofWhole(JsonSpan entry) {
        Instant time = ItemTime.parse(entry.text("time"));
        About about = new About(null, entry.text("id"), null, List.of());
        String conversation = conversation(about.account(), ChangeSpan.NO_FIELD, null);
        return new Identity(keys.ofEntry(entry, time), Lane.CHANGES, conversation, time, about);
    }

    /** A change that is not cut any further. */
    Identity ofWhole(JsonSpan entry, ChangeSpan change) {
        Instant time = ItemTime.parse(entry.text("time"));
        JsonSpan value = change.value();
        String phoneNumberId = phoneNumberId(value);
        boolean handover = change.field().equals(HANDOVERS);
        About about =
                new About(null, entry.text("id"), phoneNumberId, handover ? Subjects.ofHandover(value) : List.of());
        String user = handover ? value.firstText(USER_OF_HANDOVER) : null;
        String conversation = user != null
                ? conversation(phoneNumberId, user)
                : conversation(about.account(), change.field(), phoneNumberId);
        IdempotencyKey key = keys.ofChange(entry, change, phoneNumberId, time);
        return new Identity(key, change.lane(), conversation, time, about);
    }

    /** An item of a change. */
    Identity ofItem(JsonSpan entry, ChangeSpan change, ItemSpan item) {
        Instant time = ItemTime.parse(item.span().text("timestamp"));
        if (time == null && Keys.isKnownByContent(item)) {
            time = ItemTime.parse(entry.text("time"));
        }
        String phoneNumberId = phoneNumberId(change.value());
        About about = new About(item.kind().array(), entry.text("id"), phoneNumberId, Subjects.of(change, item));
        String conversation =
                conversation(phoneNumberId, item.span().firstText(item.kind().conversationOf()));
        IdempotencyKey key = keys.ofItem(entry, change, item, phoneNumberId, time);
        return new Identity(key, item.kind().lane(), conversation, time, about);
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
