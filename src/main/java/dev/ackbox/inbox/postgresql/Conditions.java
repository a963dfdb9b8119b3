package dev.ackbox.inbox.postgresql;

import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.engine.HashedFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as conditions on the tables {@code record} and {@code source}; its consumer and state do not count.
 *
 * @param sql begins with AND; empty where there are none
 * @param parameters in the order of their marks
 */
record Conditions(String sql, List<Object> parameters) {

    static final Conditions NONE = new Conditions("", List.of());

    static Conditions of(HashedFilter hashed) {
        RecordFilter filter = hashed.filter();
        Source source = filter.source();
        return NONE.and("source.endpoint = ?", source.endpoint())
                .and("source.field = ?", source.field())
                .and("source.account = ?", source.account())
                .and("source.phone_number = ?", source.phoneNumber())
                .and(
                        "record.key = ?",
                        filter.key() == null ? null : filter.key().toBytes())
                .and("record.received_at >= ?", Sql.millis(filter.from()))
                .and("record.received_at < ?", Sql.millis(filter.to()))
                .and("record.subjects @> ?", Sql.arrayOrNull(hashed.subjects()))
                .and(
                        "record.id = ANY(?)",
                        Sql.arrayOrNull(
                                filter.ids().stream().map(InboxRecordId::value).toList()));
    }

    Conditions and(Conditions other) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(other.parameters());
        return new Conditions(sql + other.sql(), all);
    }

    Conditions and(String condition, @Nullable Object parameter) {
        if (parameter == null) {
            return this;
        }
        List<Object> all = new ArrayList<>(parameters);
        all.add(parameter);
        return new Conditions(sql + " AND " + condition, all);
    }
}
