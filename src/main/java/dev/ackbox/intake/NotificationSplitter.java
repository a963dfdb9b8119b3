package dev.ackbox.intake;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.intake.JsonSpan.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a notification into its items. Never fails, whatever the bytes are:
 *
 * <ul>
 *   <li>a change of field {@code messages}: one record for each message, status, error and user action;
 *   <li>a change of any other field, or without any of these: one record;
 *   <li>an entry without changes: one record;
 *   <li>what is not JSON, or has no entries: one record, stored as it came.
 * </ul>
 *
 * <p>Where all of it comes to one record, that is the notification as received, byte for byte. A notification in which a
 * name of the envelope stands twice is not cut, since cutting could lose one of the two.
 */
final class NotificationSplitter {

    /** In place of a field, where a notification has none. */
    static final String NO_FIELD = "none";

    /** In place of a field, where a notification is not JSON. */
    static final String UNREADABLE = "unreadable";

    /** Arrays of a value that are cut, by field. */
    private static final Map<String, List<String>> CUT_ARRAYS =
            Map.of("messages", List.of("messages", "statuses", "errors", "user_actions"));

    /** From the root through entry, change, value and item down to the item's own properties. */
    private static final int DEPTH = 8;

    /** A change is not cut where its pieces would add up to more than so many times the notification. */
    private static final int MAX_GROWTH = 8;

    private final String endpoint;
    private final byte[] body;
    private final Instant receivedAt;
    private final Identification identification;
    private final List<Item> items = new ArrayList<>();

    private NotificationSplitter(String endpoint, byte[] body, Instant receivedAt) {
        this.endpoint = endpoint;
        this.body = body;
        this.receivedAt = receivedAt;
        this.identification = new Identification(endpoint, body);
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
        List<JsonSpan> entries = elements(root, "entry");
        if (entries.isEmpty() || isAmbiguous(root, entries)) {
            add(NO_FIELD, identification.ofBody(), body);
            return;
        }
        boolean single = entries.size() == 1 && isSingle(entries.get(0));
        for (JsonSpan entry : entries) {
            splitEntry(root, entry, single);
        }
    }

    private static boolean isAmbiguous(JsonSpan root, List<JsonSpan> entries) {
        return root.hasRepeatedNames()
                || entries.stream()
                        .anyMatch(entry -> entry.hasRepeatedNames()
                                || elements(entry, "changes").stream().anyMatch(NotificationSplitter::isAmbiguous));
    }

    private static boolean isAmbiguous(JsonSpan change) {
        JsonSpan value = change.get("value");
        return change.hasRepeatedNames() || (value != null && value.hasRepeatedNames());
    }

    /** Whether an entry comes to one record. */
    private static boolean isSingle(JsonSpan entry) {
        List<JsonSpan> changes = elements(entry, "changes");
        return changes.isEmpty()
                || (changes.size() == 1 && itemsOf(changes.get(0)).size() <= 1);
    }

    private void splitEntry(JsonSpan root, JsonSpan entry, boolean single) {
        List<JsonSpan> changes = elements(entry, "changes");
        if (changes.isEmpty()) {
            Identity identity = identification.ofWhole(entry, NO_FIELD, entry, null, Lane.CHANGES);
            add(NO_FIELD, identity, single ? body : new Piece(body, root, entry).withEntry());
        }
        for (JsonSpan change : changes) {
            JsonSpan value = change.get("value");
            List<ItemSpan> cut = itemsOf(change);
            if (value == null || cut.isEmpty() || growsTooMuch(change, value, cut)) {
                addWhole(root, entry, change, single);
            } else {
                cut(root, entry, change, value, cut, single);
            }
        }
    }

    private void addWhole(JsonSpan root, JsonSpan entry, JsonSpan change, boolean single) {
        String field = fieldOf(change);
        List<ItemSpan> uncut = itemsOf(change);
        boolean statuses =
                !uncut.isEmpty() && uncut.stream().allMatch(item -> item.array().equals("statuses"));
        Lane lane = statuses ? Lane.STATUSES : Lane.CHANGES;
        Identity identity = identification.ofWhole(entry, field, change, change.get("value"), lane);
        add(field, identity, single ? body : new Piece(body, root, entry).withChange(change));
    }

    private void cut(
            JsonSpan root, JsonSpan entry, JsonSpan change, JsonSpan value, List<ItemSpan> cut, boolean single) {
        List<List<JsonSpan>> contacts = new Contacts(value.get("contacts"))
                .of(cut.stream().map(ItemSpan::span).toList());
        for (int i = 0; i < cut.size(); i++) {
            ItemSpan item = cut.get(i);
            byte[] payload = single
                    ? body
                    : new Piece(body, root, entry)
                            .withItem(change, value, name -> !isCut(change, value, name), contacts.get(i), item);
            add(fieldOf(change), identification.ofItem(entry, value, item), payload);
        }
    }

    /** Whether what each piece has to repeat is too much in all: a large property beside many items. */
    private boolean growsTooMuch(JsonSpan change, JsonSpan value, List<ItemSpan> cut) {
        long repeated = change.length();
        for (Member member : value.members()) {
            repeated -= isCut(change, value, member.name()) ? member.value().length() : 0;
        }
        return repeated * cut.size() > (long) MAX_GROWTH * body.length;
    }

    /** Whether a property of the value goes to the pieces in parts; one that is no array goes to each of them whole. */
    private static boolean isCut(JsonSpan change, JsonSpan value, String name) {
        JsonSpan property = value.get(name);
        return property != null
                && property.isArray()
                && (name.equals("contacts") || cutArrays(change).contains(name));
    }

    private static List<ItemSpan> itemsOf(JsonSpan change) {
        JsonSpan value = change.get("value");
        if (value == null) {
            return List.of();
        }
        List<ItemSpan> items = new ArrayList<>();
        for (String array : cutArrays(change)) {
            elements(value, array).forEach(element -> items.add(new ItemSpan(array, element)));
        }
        return items;
    }

    private static List<String> cutArrays(JsonSpan change) {
        return CUT_ARRAYS.getOrDefault(fieldOf(change), List.of());
    }

    private static String fieldOf(JsonSpan change) {
        String field = change.text("field");
        return field == null ? NO_FIELD : field;
    }

    private static List<JsonSpan> elements(JsonSpan object, String name) {
        JsonSpan array = object.get(name);
        return array == null ? List.of() : array.elements();
    }

    private void add(String field, Identity identity, byte[] payload) {
        NewRecord newRecord = new NewRecord(
                identity.key(), endpoint, field, identity.lane(), identity.conversation(), receivedAt, payload);
        items.add(new Item(newRecord, identity.time()));
    }
}
