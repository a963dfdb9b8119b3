package dev.ackbox.ops.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.ConsumerState;
import dev.ackbox.inbox.RecordState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record in a list, with its state for one consumer. What is absent is left out.
 *
 * @param state absent where the record is not assigned to the consumer
 * @param lastFailure why the last attempt failed
 * @param discardReason why it was discarded
 * @param size bytes of the payload, where that is kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordView(
        long id,
        Instant receivedAt,
        String endpoint,
        String field,
        @Nullable String kind,
        @Nullable String account,
        @Nullable String phoneNumber,
        String lane,
        @Nullable String state,
        @Nullable Integer failedAttempts,
        @Nullable String lastFailure,
        @Nullable Instant nextAttempt,
        @Nullable String discardReason,
        String idempotencyKey,
        @Nullable Integer size,
        @Nullable List<ConsumerView> consumers) {

    /** In a list. */
    static RecordView of(ArchivedRecord record) {
        ConsumerView only = record.consumers().isEmpty()
                ? null
                : ConsumerView.of(record.consumers().get(0));
        return of(record, only, null);
    }

    /** By itself, with its state for each consumer. */
    static RecordView whole(ArchivedRecord record) {
        return of(
                record, null, record.consumers().stream().map(ConsumerView::of).toList());
    }

    private static RecordView of(
            ArchivedRecord record, @Nullable ConsumerView only, @Nullable List<ConsumerView> consumers) {
        return new RecordView(
                record.id().value(),
                record.receivedAt(),
                record.endpoint(),
                FieldName.of(record.field()),
                record.kind(),
                record.account(),
                record.phoneNumber(),
                FilterValues.lowerCase(record.lane()),
                only == null ? null : only.state(),
                only == null ? null : only.failedAttempts(),
                only == null ? null : only.lastFailure(),
                only == null ? null : only.nextAttempt(),
                only == null ? null : only.discardReason(),
                record.key().toString(),
                record.size(),
                consumers);
    }

    /** A page of records. */
    record Page(
            List<RecordView> records,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String next) {}

    /**
     * What has become of a record for a consumer.
     *
     * @param succeeded names of the handlers that are not called again
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConsumerView(
            String consumer,
            String state,
            int failedAttempts,
            @Nullable Instant changedAt,
            @Nullable Instant nextAttempt,
            @Nullable String lastFailure,
            @Nullable String discardReason,
            List<String> succeeded,
            List<FailureView> failures) {

        static ConsumerView of(ConsumerState state) {
            List<FailureView> failures = state.failures().stream()
                    .map(failure -> new FailureView(failure.number(), failure.at(), failure.reason()))
                    .toList();
            boolean isDiscarded = state.state() == RecordState.DISCARDED;
            return new ConsumerView(
                    state.consumer(),
                    FilterValues.lowerCase(state.state()),
                    state.failedAttempts(),
                    state.changedAt(),
                    state.nextAttempt(),
                    failures.isEmpty()
                            ? null
                            : failures.get(failures.size() - 1).reason(),
                    isDiscarded ? state.reason() : null,
                    state.succeeded().stream().sorted().toList(),
                    failures);
        }
    }

    /** A failed attempt. */
    record FailureView(int number, Instant at, String reason) {}
}
