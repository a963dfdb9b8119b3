package dev.ackbox.inbox.engine;

/**
 * A note about a record.
 *
 * @param recordId the record that it is kept and forgotten with
 * @param name not empty, and without personal data
 * @param value not copied, must not be changed; not empty; may be personal
 */
public record RecordNote(long recordId, String name, byte[] value) {

    public RecordNote {
        if (name.isEmpty() || value.length == 0) {
            throw new IllegalArgumentException("'name' and 'value' must not be empty");
        }
    }

    /** Leaves the value out. */
    @Override
    public String toString() {
        return "RecordNote[" + recordId + ", " + name + "]";
    }
}
