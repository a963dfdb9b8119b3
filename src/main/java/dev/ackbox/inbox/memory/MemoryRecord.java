package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.ArchivedRecord;
import dev.ackbox.inbox.ConsumerState;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.InboxRecordId;
import dev.ackbox.inbox.NewRecord;
import dev.ackbox.inbox.engine.HashedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stored record, and what changes of it. Guarded by the database's lock. */
final class MemoryRecord {

    private static final byte[] NOTHING = {};

    final int share;
    private final @Nullable String kind;
    private final @Nullable String account;
    private final @Nullable String phoneNumber;
    private InboxRecord record;
    private List<Long> subjects;
    private boolean hasPayload = true;
    private boolean erased;
    private Instant storedAt;

    MemoryRecord(long id, HashedRecord hashed, Instant storedAt) {
        NewRecord appended = hashed.record();
        this.share = hashed.share();
        this.storedAt = storedAt;
        this.kind = appended.kind();
        this.account = appended.account();
        this.phoneNumber = appended.phoneNumber();
        this.subjects = List.copyOf(hashed.subjects());
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

    /** Keyed hashes. */
    List<Long> subjects() {
        return subjects;
    }

    /** As an operator sees it. */
    ArchivedRecord archived(List<ConsumerState> states) {
        return new ArchivedRecord(
                record.id(),
                record.key(),
                record.receivedAt(),
                record.endpoint(),
                record.field(),
                kind,
                account,
                phoneNumber,
                record.lane(),
                hasPayload ? record.payload().length : null,
                states);
    }

    /** Whether it was erased on request. */
    boolean isErased() {
        return erased;
    }

    boolean hasPayload() {
        return hasPayload;
    }

    /** Nothing of it is known any more but its key. */
    void erase() {
        erased = erased || hasPayload;
        erasePayload();
        subjects = List.of();
    }

    void rewrite(byte[] payload) {
        record = copy(payload, 0, Set.of());
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
