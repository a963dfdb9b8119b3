package dev.ackbox.intake;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a notification into its items. Never fails, whatever the bytes are:
 *
 * <ul>
 *   <li>a change of a field that {@link ItemKind} lists: one record for each element of the arrays listed there, such as a
 *       message, a status, a call, a contact, a preference, a group's change;
 *   <li>errors beside a single call or call status tell of it, and stay in its record;
 *   <li>a change of any other field, or without any of these: one record;
 *   <li>an entry without changes: one record;
 *   <li>what is not JSON, or has no entries: one record, stored as it came.
 * </ul>
 *
 * <p>Where all of it comes to one record, that is the notification as received, byte for byte. A notification in which a
 * name of the envelope stands twice is not cut, since cutting could lose one of the two. What all pieces repeat is bounded
 * by a multiple of the notification: a change that would go beyond stays whole, and so does a notification of which the
 * envelope alone would.
 */
final class NotificationSplitter {

    /** In place of a field, where a notification has none. */
    static final String NO_FIELD = ChangeSpan.NO_FIELD;

    /** In place of a field, where a notification is not JSON. */
    static final String UNREADABLE = "unreadable";

    /** From the root through entry, change, value, item and an item's arrays down to the properties of their objects. */
    private static final int DEPTH = 10;

    /** The pieces may repeat so many times the notification's length, for the envelope and for the changes each. */
    private static final int MAX_GROWTH = 8;

    /**
     * The platform's largest notifications have room for some 20,000 of its smallest items, and it states 1,000 at most. Only
     * empty entries and changes come to more, and storing all of them would take longer than a notification may.
     */
    private static final int MAX_PIECES = 25_000;

    /** A larger payload goes through the lane for bulk, whatever is in it. */
    private static final int LARGE = 256 * 1024;

    private final String endpoint;
    private final byte[] body;
    private final Instant receivedAt;
    private final Identification identification;
    private final List<Item> items = new ArrayList<>();

    /** How much the pieces of the changes that are still to come may repeat. */
    private long growthLeft;

    private NotificationSplitter(String endpoint, byte[] body, Instant receivedAt) {
        this.endpoint = endpoint;
        this.body = body;
        this.receivedAt = receivedAt;
        this.identification = new Identification(endpoint, body, receivedAt);
        this.growthLeft = (long) MAX_GROWTH * body.length;
    }

    /** The notification's items, at least one. */
    static List<Item> split(String endpoint, byte[] body, Instant receivedAt) {
        NotificationSplitter splitter = new NotificationSplitter(endpoint, body, receivedAt);
        splitter.split(JsonSpan.parse(body, DEPTH));
        return splitter.items;
    }

    private void split(@Nullable JsonSpan root) {
        if (root == null) {
            add(UNREADABLE, identification.ofBody(), body);
            return;
        }
        List<EntrySpan> entries = new ArrayList<>();
        int pieces = 0;
        boolean ambiguous = root.hasRepeatedNames();
        for (JsonSpan span : root.elements("entry")) {
            EntrySpan entry = new EntrySpan(root, span);
            entries.add(entry);
            pieces += entry.pieces();
            ambiguous |= entry.isAmbiguous();
        }
        if (entries.isEmpty() || ambiguous || pieces > MAX_PIECES || envelopesGrowTooMuch(entries)) {
            add(NO_FIELD, identification.ofBody(), body);
            return;
        }
        for (EntrySpan entry : entries) {
            splitEntry(entry, pieces == 1);
        }
    }

    /** Whether what stands around the changes is too much in all: a large property beside many of them. */
    private boolean envelopesGrowTooMuch(List<EntrySpan> entries) {
        long length = 0;
        for (EntrySpan entry : entries) {
            length +=
                    (long) entry.envelopeLength() * Math.max(1, entry.changes().size());
        }
        return length > (long) MAX_GROWTH * body.length;
    }

    private void splitEntry(EntrySpan entry, boolean single) {
        if (entry.changes().isEmpty()) {
            Identity identity = identification.ofWhole(entry.span());
            add(NO_FIELD, identity, single ? body : new Piece(body, entry).withEntry());
        }
        for (ChangeSpan change : entry.changes()) {
            List<List<JsonSpan>> contacts = change.contactsOfItems();
            if (change.items().isEmpty() || growsTooMuch(entry, change, contacts)) {
                Identity identity = identification.ofWhole(entry.span(), change);
                add(change.field(), identity, single ? body : new Piece(body, entry).withChange(change));
            } else {
                cut(entry, change, contacts, single);
            }
        }
    }

    /** Whether what the pieces have to repeat is too much in all: a large property, or a large contact, of many items. */
    private boolean growsTooMuch(EntrySpan entry, ChangeSpan change, List<List<JsonSpan>> contacts) {
        long repeated = entry.envelopeLength() + change.repeatedLength();
        long repeatedContacts = -change.contactsLength();
        for (List<JsonSpan> contactsOfItem : contacts) {
            for (JsonSpan contact : contactsOfItem) {
                repeatedContacts += contact.length();
            }
        }
        long growth = repeated * (change.items().size() - 1) + Math.max(0, repeatedContacts);
        if (growth > growthLeft) {
            return true;
        }
        growthLeft -= growth;
        return false;
    }

    private void cut(EntrySpan entry, ChangeSpan change, List<List<JsonSpan>> contacts, boolean single) {
        List<ItemSpan> cut = change.items();
        for (int i = 0; i < cut.size(); i++) {
            ItemSpan item = cut.get(i);
            byte[] payload = single ? body : new Piece(body, entry).withItem(change, contacts.get(i), item);
            add(change.field(), identification.ofItem(entry.span(), change, item), payload);
        }
    }

    private void add(String field, Identity identity, byte[] payload) {
        About about = identity.about();
        NewRecord newRecord = new NewRecord(
                identity.key(),
                endpoint,
                field,
                identity.about().kind(),
                payload.length > LARGE ? Lane.BULK : identity.lane(),
                identity.conversation(),
                about.account(),
                about.phoneNumber(),
                about.subjects(),
                receivedAt,
                payload);
        items.add(new Item(newRecord, identity.time()));
    }
}
