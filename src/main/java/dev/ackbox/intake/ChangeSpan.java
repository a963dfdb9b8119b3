package dev.ackbox.intake;

import dev.ackbox.inbox.Lane;
import dev.ackbox.intake.JsonSpan.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    private final Set<String> parted = new HashSet<>(Set.of("contacts"));

    ChangeSpan(JsonSpan span) {
        this.span = span;
        String text = span.text("field");
        this.field = text == null ? NO_FIELD : text;
        this.value = span.getOrNone("value");
        List<ItemKind> kinds = ItemKind.of(field);
        kinds.stream().filter(kind -> !kind.joinsSingle()).forEach(this::part);
        boolean single = items.size() == 1;
        kinds.stream().filter(ItemKind::joinsSingle).forEach(single ? this::join : this::part);
    }

    private void join(ItemKind kind) {
        joined.addAll(value.elements(kind.array()));
    }

    private void part(ItemKind kind) {
        parted.add(kind.array());
        value.elements(kind.array()).forEach(element -> items.add(new ItemSpan(kind, element)));
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
        return new Contacts(value.getOrNone("contacts"))
                .of(items.stream().map(ItemSpan::span).toList());
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
