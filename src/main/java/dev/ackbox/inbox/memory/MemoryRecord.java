package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.HashedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A stored record, and what changes of it. Guarded by the database's lock. */
final class MemoryRecord {

    private static final byte[] NOTHING = {};

    final int share;
    private InboxRecord record;
    private boolean hasPayload = true;
    private Instant storedAt;

    MemoryRecord(long id, HashedRecord hashed, Instant storedAt) {
        NewRecord appended = hashed.record();
        this.share = hashed.share();
        this.storedAt = storedAt;
        this.record = new InboxRecord(
                new InboxRecordId(id),
                appended.key(),
                appended.endpoint(),
                appended.field(),
                appended.lane(),
                hashed.conversation(),
                Instant.ofEpochMilli(appended.receivedAt().toEpochMilli()),
                appended.payload(),
                0,
                Set.of());
    }

    long id() {
        return record.id().value();
    }

    InboxRecord record() {
        return record;
    }

    /** As it comes to a consumer after some attempts. */
    InboxRecord after(int failedAttempts, Set<String> succeeded) {
        return copy(record.payload(), failedAttempts, succeeded);
    }

    private InboxRecord copy(byte[] payload, int failedAttempts, Set<String> succeeded) {
        return new InboxRecord(
                record.id(),
                record.key(),
                record.endpoint(),
                record.field(),
                record.lane(),
                record.conversation(),
                record.receivedAt(),
                payload,
                failedAttempts,
                succeeded);
    }

    boolean hasPayload() {
        return hasPayload;
    }

    void erasePayload() {
        hasPayload = false;
        record = copy(NOTHING, 0, Set.of());
    }

    /** Where the clock was ahead when the record was stored, its age counts from now on. */
    void correctTime(Instant now) {
        if (storedAt.isAfter(now)) {
            storedAt = now;
        }
    }

    boolean isOlderThan(Duration age, Instant now) {
        return storedAt.isBefore(now.minus(age));
    }
}
