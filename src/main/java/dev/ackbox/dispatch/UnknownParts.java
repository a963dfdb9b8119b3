package dev.ackbox.dispatch;

import dev.ackbox.model.Change;
import dev.ackbox.model.MessagesValue;
import dev.ackbox.model.StatusWord;
import dev.ackbox.model.UnknownMessage;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what the model did not know in a change. */
final class UnknownParts {

    private UnknownParts() {}

    /** A kind for each: {@code field}, {@code misfit}, {@code no_value}, {@code no_change}, {@code object}, {@code type}, {@code word}. */
    static List<String> of(Change<?> change) {
        Value value = change.value();
        if (value instanceof UnknownValue unknown) {
            return List.of(unknown.reason().name().toLowerCase(Locale.ROOT));
        }
        List<String> kinds = new ArrayList<>();
        if (value instanceof MessagesValue messages) {
            messages.messages().stream()
                    .filter(UnknownMessage.class::isInstance)
                    .forEach(message -> kinds.add("type"));
            messages.statuses().stream()
                    .filter(status -> status.status() instanceof StatusWord.Other)
                    .forEach(status -> kinds.add("word"));
        }
        return kinds;
    }
}
