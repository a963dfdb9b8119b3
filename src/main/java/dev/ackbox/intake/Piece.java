package dev.ackbox.intake;

import dev.ackbox.intake.JsonSpan.Member;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Puts a complete notification together from parts of the received one, each copied byte for byte. */
final class Piece {

    private final byte[] body;
    private final EntrySpan entry;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream(1024);

    Piece(byte[] body, EntrySpan entry) {
        this.body = body;
        this.entry = entry;
    }

    /** With the entry as it is. */
    byte[] withEntry() {
        object(entry.root(), isNot("entry"), () -> name("entry").array(List.of(entry.span())));
        return json.toByteArray();
    }

    /** With one change of the entry, as it is. */
    byte[] withChange(ChangeSpan change) {
        envelope(() -> copy(change.span()));
        return json.toByteArray();
    }

    /** With one item of one change, beside the contacts that go with it and what is not cut. */
    byte[] withItem(ChangeSpan change, List<JsonSpan> contacts, ItemSpan item) {
        envelope(
                () -> object(change.span(), isNot("value"), () -> name("value").valueWithItem(change, contacts, item)));
        return json.toByteArray();
    }

    private void valueWithItem(ChangeSpan change, List<JsonSpan> contacts, ItemSpan item) {
        object(change.value(), change::isRepeated, () -> {
            if (!contacts.isEmpty()) {
                name("contacts").array(contacts);
                write(",");
            }
            name(item.kind().array()).array(List.of(item.span()));
        });
    }

    private void envelope(Runnable change) {
        object(entry.root(), isNot("entry"), () -> {
            name("entry").write("[");
            object(entry.span(), isNot("changes"), () -> {
                name("changes").write("[");
                change.run();
                write("]");
            });
            write("]");
        });
    }

    private static Predicate<Member> isNot(String name) {
        return member -> !member.name().equals(name);
    }

    /** An object with some members of another one, and a last one that is written by {@code last}. */
    private void object(JsonSpan from, Predicate<Member> kept, Runnable last) {
        write("{");
        for (Member member : from.members()) {
            if (kept.test(member)) {
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
