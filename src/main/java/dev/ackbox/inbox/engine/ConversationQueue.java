package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.engine.Conversations.Conversation;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits of a conversation in a lane: some records in memory, further ones as held deliveries in the store. Guarded by the
 * target's lock.
 */
final class ConversationQueue {

    /** So that a conversation with a long backlog leaves room for the others. */
    private static final int MAX_RECORDS = 16;

    private static final long NOT_ASKED = -1;

    final Conversation conversation;
    final LaneQueue lane;
    final ShareProgress share;
    private final ArrayDeque<Taken> records = new ArrayDeque<>();
    private long bytes;

    /** Whether it is among those of its lane that can be taken from. */
    boolean listed;

    /** Whether the store has held records of it that are not in memory. */
    private boolean held;

    private boolean loading;

    /** The change with which the last held record is written. */
    private long heldVersion;

    /** The change with which those held records are written that are being loaded. */
    private long loadVersion = NOT_ASKED;

    ConversationQueue(Conversation conversation, LaneQueue lane, ShareProgress share) {
        this.conversation = conversation;
        this.lane = lane;
        this.share = share;
    }

    /**
     * Whether a record can be kept in memory; otherwise it is held in the store, and so are those behind it. One that is larger than
     * what a conversation may take is in memory alone.
     */
    boolean hasRoomFor(InboxRecord next) {
        boolean isAlone = records.isEmpty() && !conversation.busy;
        boolean fits = records.size() < MAX_RECORDS && bytes + next.footprint() <= lane.maxBytesOfConversation();
        return !held && (isAlone || fits);
    }

    void add(Taken next) {
        records.add(next);
        bytes += next.record.footprint();
    }

    @Nullable
    Taken poll() {
        Taken next = records.poll();
        if (next != null) {
            bytes -= next.record.footprint();
        }
        return next;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    int size() {
        return records.size();
    }

    /** Whether nothing is known of it. */
    boolean isIdle() {
        return records.isEmpty() && !held && !loading;
    }

    /** Gives back all that waits in memory. */
    List<Taken> clear() {
        List<Taken> waiting = List.copyOf(records);
        records.clear();
        bytes = 0;
        listed = false;
        loading = false;
        return waiting;
    }

    /** The store has held records of it. */
    void held(long version) {
        held = true;
        heldVersion = Math.max(heldVersion, version);
    }

    /** The store's held records are another process's now. */
    void forgetHeld() {
        held = false;
    }

    boolean isHeld() {
        return held;
    }

    /**
     * Whether held records can be read: those that were held at the first call are written. Those that are held later come after them,
     * so nothing waits for those, or a conversation with much traffic would stand still.
     */
    boolean isLoadable() {
        if (loadVersion == NOT_ASKED) {
            loadVersion = heldVersion;
        }
        return share.isWritten(loadVersion);
    }

    /** Held records have been read; {@code noneLeft} where none of those was found. */
    void loaded(boolean noneLeft) {
        loading = false;
        held = !noneLeft || heldVersion > loadVersion;
    }

    /** Whether held records have to be read so that the conversation goes on; true once until they are {@link #loaded}. */
    boolean startLoading() {
        if (!held || loading || !records.isEmpty()) {
            return false;
        }
        loading = true;
        loadVersion = NOT_ASKED;
        return true;
    }
}
