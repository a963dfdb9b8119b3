package dev.ackbox.watch;

import dev.ackbox.model.UnknownValue;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that Ackbox watches: a row for each field, from which the meters, the settings and the tables in the docs follow. */
final class WatchTable {

    static final List<FieldRow<?>> ROWS = Stream.of(
                    Conversations.ROWS, Accounts.ROWS, PhoneNumbers.ROWS, Templates.ROWS, List.of(unknown()))
            .<FieldRow<?>>flatMap(List::stream)
            .toList();

    private WatchTable() {}

    private static FieldRow<UnknownValue> unknown() {
        return FieldRow.unknown("something that Ackbox does not know, or that is about another product of Meta")
                .shows("reason", it -> it.reason().name().toLowerCase(Locale.ROOT))
                .warns("always, except for a test of the app dashboard without a change", it -> advice(it.reason()));
    }

    private static @Nullable String advice(UnknownValue.Reason reason) {
        return switch (reason) {
            case NO_VALUE -> "Turn on 'Include values' in the app's webhook settings.";
            case OBJECT ->
                "Its 'object' is not in 'ackbox.objects'. Give Meta's other products a callback URL of their own. If Meta has a new"
                        + " name for WhatsApp, add it there.";
            case CHANGED_FIELDS -> null;
            case FIELD, NO_CHANGE ->
                "GET /actuator/drift shows what is new. A handler of UnknownValue receives the JSON.";
        };
    }

    /** All meters, each once. */
    static List<WatchMeter> meters() {
        return ROWS.stream().flatMap(row -> row.meters().stream()).distinct().toList();
    }

    /** The rows but those of some fields. */
    static List<FieldRow<?>> without(Collection<String> fields) {
        return ROWS.stream().filter(row -> !fields.contains(row.field())).toList();
    }
}
