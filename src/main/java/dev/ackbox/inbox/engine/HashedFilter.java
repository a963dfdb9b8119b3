package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter with hashes in place of what is personal.
 *
 * @param filter what is asked for
 * @param subjects keyed hashes of its subjects, each with the subject's kind in it
 */
public record HashedFilter(RecordFilter filter, List<Long> subjects) {

    public HashedFilter {
        subjects = List.copyOf(subjects);
    }

    /** The hash of the subject that the fewest records are about: a message before a user before a group. There is a subject. */
    public long mostSelectiveSubject() {
        return subjects.stream()
                .min(Comparator.comparing(
                        hash -> filter.subjects().get(subjects.indexOf(hash)).kind()))
                .orElseThrow();
    }

    /**
     * Whether a record is asked for.
     *
     * @param found with its state for the filter's consumer
     * @param about keyed hashes of the record's subjects
     */
    public boolean matches(ArchivedRecord found, Collection<Long> about) {
        return matches(filter.source(), found)
                && (filter.ids().isEmpty() || filter.ids().contains(found.id()))
                && isAbsentOrEqual(filter.key(), found.key())
                && about.containsAll(subjects)
                && (filter.from() == null || !found.receivedAt().isBefore(filter.from()))
                && (filter.to() == null || found.receivedAt().isBefore(filter.to()))
                && (filter.state() == null
                        || found.consumers().stream().anyMatch(state -> state.state() == filter.state()));
    }

    private static boolean matches(Source source, ArchivedRecord found) {
        return isAbsentOrEqual(source.endpoint(), found.endpoint())
                && isAbsentOrEqual(source.field(), found.field())
                && isAbsentOrEqual(source.account(), found.account())
                && isAbsentOrEqual(source.phoneNumber(), found.phoneNumber());
    }

    private static boolean isAbsentOrEqual(@Nullable Object wanted, @Nullable Object found) {
        return wanted == null || wanted.equals(found);
    }
}
