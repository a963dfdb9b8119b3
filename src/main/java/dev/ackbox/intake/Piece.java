package dev.ackbox.intake;

import dev.ackbox.intake.JsonSpan.Member;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Puts a complete notification together from parts of the received one, each copied byte for byte. */
final class Piece {

    private final byte[] body;
    private final JsonSpan root;
    private final JsonSpan entry;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream(1024);

    Piece(byte[] body, JsonSpan root, JsonSpan entry) {
        this.body = body;
        this.root = root;
        this.entry = entry;
    }

    /** With the entry as it is. */
    byte[] withEntry() {
        object(root, name -> !name.equals("entry"), () -> name("entry").array(List.of(entry)));
        return json.toByteArray();
    }

    /** With one change of the entry, as it is. */
    byte[] withChange(JsonSpan change) {
        envelope(() -> copy(change));
        return json.toByteArray();
    }

    /**
     * With one item of one change.
     *
     * @param siblings which properties of the value to keep beside the item's array and the contacts
     */
    byte[] withItem(
            JsonSpan change, JsonSpan value, Predicate<String> siblings, List<JsonSpan> contacts, ItemSpan item) {
        envelope(() -> object(
                change,
                name -> !name.equals("value"),
                () -> name("value").object(value, siblings, () -> {
                    if (!contacts.isEmpty()) {
                        name("contacts").array(contacts);
                        write(",");
                    }
                    name(item.array()).array(List.of(item.span()));
                })));
        return json.toByteArray();
    }

    private void envelope(Runnable change) {
        object(root, name -> !name.equals("entry"), () -> {
            name("entry").write("[");
            object(entry, name -> !name.equals("changes"), () -> {
                name("changes").write("[");
                change.run();
                write("]");
            });
            write("]");
        });
    }

    /** An object with some members of another one, and a last one that is written by {@code last}. */
    private void object(JsonSpan from, Predicate<String> kept, Runnable last) {
        write("{");
        for (Member member : from.members()) {
            if (kept.test(member.name())) {
                json.write(body, member.start(), member.end() - member.start());
                write(",");
            }
        }
        last.run();
        write("}");
    }

    private Piece name(String name) {
        write("\"" + name + "\":");
        return this;
    }

    private void array(List<JsonSpan> elements) {
        write("[");
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                write(",");
            }
            copy(elements.get(i));
        }
        write("]");
    }

    private void copy(JsonSpan span) {
        json.write(body, span.start(), span.length());
    }

    private void write(String ascii) {
        json.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }
}
