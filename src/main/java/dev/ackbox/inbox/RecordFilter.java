package dev.ackbox.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records to find: those that match all that is given.
 *
 * @param consumer whose state counts
 * @param ids one of these; empty for any
 * @param state what has become of them for the consumer
 * @param key what they were stored under
 * @param subjects whom and what they are about, all of these
 * @param source where they come from
 * @param from received at this time or later
 * @param to received before this time
 */
public record RecordFilter(
        String consumer,
        Set<InboxRecordId> ids,
        @Nullable RecordState state,
        @Nullable IdempotencyKey key,
        List<Subject> subjects,
        Source source,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** All records, with what the handlers have made of them. */
    public static final RecordFilter ALL = ofConsumer(ConsumerDefinition.HANDLERS.name());

    public RecordFilter {
        ids = Set.copyOf(ids);
        subjects = List.copyOf(subjects);
    }

    /**
     * Where records come from. What is absent may be anything.
     *
     * @param endpoint name of the endpoint that received them
     * @param field Meta's name of the field
     * @param account id of the WhatsApp Business Account
     * @param phoneNumber id of the business phone number
     */
    public record Source(
            @Nullable String endpoint,
            @Nullable String field,
            @Nullable String account,
            @Nullable String phoneNumber) {

        /** Any source. */
        public static final Source ANY = new Source(null, null, null, null);
    }

    /** All records, with what a consumer has made of them. */
    public static RecordFilter ofConsumer(String name) {
        return new RecordFilter(name, Set.of(), null, null, List.of(), Source.ANY, null, null);
    }

    /** Some records, with what a consumer has made of them. */
    public static RecordFilter ofIds(String consumer, Set<InboxRecordId> ids) {
        return new RecordFilter(consumer, ids, null, null, List.of(), Source.ANY, null, null);
    }

    /** Those of this filter that a consumer has brought into a state. */
    public RecordFilter in(@Nullable RecordState other) {
        return new RecordFilter(consumer, ids, other, key, subjects, source, from, to);
    }

    /** Those of this filter that come from a source. */
    public RecordFilter from(Source other) {
        return new RecordFilter(consumer, ids, state, key, subjects, other, from, to);
    }

    /** Those of this filter that were received before a time. */
    public RecordFilter before(Instant time) {
        return new RecordFilter(consumer, ids, state, key, subjects, source, from, time);
    }

    /** Leaves the subjects out: they are personal data. */
    @Override
    public String toString() {
        return "RecordFilter[" + consumer + ", " + state + ", " + source + ", " + from + ", " + to + "]";
    }
}
