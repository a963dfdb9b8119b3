package dev.ackbox.intake;

import dev.ackbox.inbox.Lane;
import dev.ackbox.intake.JsonSpan.Member;
import java.util.ArrayList;
import java.util.List;

/** A change of a notification, and the items in it. */
final class ChangeSpan {

    /** In place of a field, where a change has none. */
    static final String NO_FIELD = "none";

    /** Past chats, in chunks of thousands of messages. */
    private static final String HISTORY = "history";

    private final JsonSpan span;
    private final String field;
    private final JsonSpan value;
    private final List<ItemSpan> items = new ArrayList<>();

    /** What stays with the only item. */
    private final List<JsonSpan> joined = new ArrayList<>();

    /** Names of the arrays that go to the pieces in parts. */
    private final List<String> parted = new ArrayList<>(List.of("contacts"));

    ChangeSpan(JsonSpan span) {
        this.span = span;
        String text = span.text("field");
        this.field = text == null ? NO_FIELD : text;
        this.value = span.getOrNone("value");
        for (ItemKind kind : ItemKind.of(field)) {
            List<JsonSpan> elements = value.elements(kind.array());
            if (kind.joinsSingle() && items.size() == 1) {
                joined.addAll(elements);
            } else {
                parted.add(kind.array());
                elements.forEach(element -> items.add(new ItemSpan(kind, element)));
            }
        }
    }

    JsonSpan span() {
        return span;
    }

    String field() {
        return field;
    }

    /** {@link JsonSpan#NONE} where it has none. */
    JsonSpan value() {
        return value;
    }

    /** What tells of the only item and stays with it; empty where there are several. */
    List<JsonSpan> joined() {
        return joined;
    }

    /** The contacts that go with each item. */
    List<List<JsonSpan>> contactsOfItems() {
        return Contacts.ofItems(value.elements("contacts"), items);
    }

    int contactsLength() {
        return value.getOrNone("contacts").length();
    }

    /** In their order; empty where the change is not cut. */
    List<ItemSpan> items() {
        return items;
    }

    /** The lane of the change as a whole. */
    Lane lane() {
        if (field.equals(HISTORY)) {
            return Lane.BULK;
        }
        boolean statuses =
                !items.isEmpty() && items.stream().allMatch(item -> item.kind().lane() == Lane.STATUSES);
        return statuses ? Lane.STATUSES : Lane.CHANGES;
    }

    /** Whether a property of the value goes to each piece as it is; one that is no array does in any case. */
    boolean isRepeated(Member property) {
        return !property.value().isArray() || !parted.contains(property.name());
    }

    /** How much of the change each piece repeats. */
    long repeatedLength() {
        long repeated = span.length();
        for (Member property : value.members()) {
            repeated -= isRepeated(property) ? 0 : property.value().length();
        }
        return repeated;
    }

    /** Whether a name stands twice where the change would be cut. */
    boolean isAmbiguous() {
        return span.hasRepeatedNames() || value.hasRepeatedNames();
    }
}
