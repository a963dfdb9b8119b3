package dev.ackbox.inbox;

/**
 * Names one inbox record; the only way to speak of a record in logs and errors. Grows in the order of arrival and is
 * not used again while the record is kept.
 *
 * @param value positive
 */
public record InboxRecordId(long value) implements Comparable<InboxRecordId> {

    public InboxRecordId {
        if (value <= 0) {
            throw new IllegalArgumentException("'value' must be positive");
        }
    }

    @Override
    public int compareTo(InboxRecordId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
