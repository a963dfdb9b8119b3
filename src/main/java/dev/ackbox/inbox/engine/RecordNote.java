package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.RecordNotes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

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

    /** The note of a record that is put back. */
    public static RecordNote ofRequeue(long recordId, Instant at) {
        return new RecordNote(
                recordId, RecordNotes.REQUEUED, Long.toString(at.toEpochMilli()).getBytes(StandardCharsets.US_ASCII));
    }

    /** Leaves the value out. */
    @Override
    public String toString() {
        return "RecordNote[" + recordId + ", " + name + "]";
    }
}
