package dev.ackbox.watch;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.Change;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * Does what the table says. A line in the log names the record, the field and the account; never a user, a phone number or
 * a text. What cannot be stored comes last, so that the operator is warned even then.
 */
final class TableWatch implements Watch {

    private final Map<Class<?>, FieldRow<?>> rows;
    private final WatchObserver observer;
    private final AccountState state;

    TableWatch(Collection<FieldRow<?>> rows, WatchObserver observer, AccountState state) {
        this.rows = rows.stream().collect(Collectors.toUnmodifiableMap(FieldRow::type, Function.identity()));
        this.observer = observer;
        this.state = state;
    }

    /** What it watches. */
    Collection<FieldRow<?>> rows() {
        return rows.values();
    }

    @Override
    public void observe(InboxRecord received, Change<?> change) {
        FieldRow<?> row = rows.get(change.value().getClass());
        if (row != null) {
            observe(row, received, change);
        }
    }

    private void observe(FieldRow<?> row, InboxRecord received, Change<?> change) {
        Report report = row.report(change, received.receivedAt(), observer);
        String advice = report.advice();
        row.logger()
                .atLevel(advice == null ? row.topic().level() : Level.WARN)
                .log(
                        "Record {} of endpoint {}: {} of {}{}{}",
                        received.id(),
                        received.endpoint(),
                        row.field(),
                        Words.id(change.entryId()),
                        report.description(),
                        advice == null ? "" : ". " + advice);
        report.facts().forEach(state::put);
    }
}
