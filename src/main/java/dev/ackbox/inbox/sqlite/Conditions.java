package dev.ackbox.inbox.sqlite;

import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.engine.HashedFilter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as conditions on the tables {@code record} and {@code source}; its consumer and state do not count.
 *
 * @param sql begins with AND; empty where there are none
 * @param parameters in the order of their marks
 */
record Conditions(String sql, List<Object> parameters) {

    static final Conditions NONE = new Conditions("", List.of());

    static Conditions of(@Nullable HashedFilter hashed) {
        if (hashed == null) {
            return NONE;
        }
        RecordFilter filter = hashed.filter();
        Source source = filter.source();
        Conditions conditions = new Conditions("", List.of())
                .and("source.endpoint = ?", source.endpoint())
                .and("source.field = ?", source.field())
                .and("source.account = ?", source.account())
                .and("source.phone_number = ?", source.phoneNumber())
                .and(
                        "record.key = ?",
                        filter.key() == null ? null : filter.key().toBytes())
                .and("record.received_at >= ?", millis(filter.from()))
                .and("record.received_at < ?", millis(filter.to()));
        for (long subject : hashed.subjects()) {
            conditions = conditions.and(
                    "instr(record.subjects, ?) > 0",
                    ByteBuffer.allocate(Long.BYTES).putLong(subject).array());
        }
        if (!filter.ids().isEmpty()) {
            conditions = conditions.and("record.id IN (SELECT value FROM json_each(?))", json(filter));
        }
        return conditions;
    }

    private Conditions and(String condition, @Nullable Object parameter) {
        if (parameter == null) {
            return this;
        }
        List<Object> all = new ArrayList<>(parameters);
        all.add(parameter);
        return new Conditions(sql + " AND " + condition, all);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static String json(RecordFilter filter) {
        return filter.ids().stream().map(InboxRecordId::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
