package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.ReplayContract;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;

class MemoryReplayTests extends ReplayContract {

    private final MemoryStore memory = MemoryStore.ofOneProcess(clock);

    @Override
    protected StoredInbox open() {
        return StoredInbox.open(memory.connect("first"), Inboxes.SETTINGS, InboxObserver.NONE, clock);
    }
}
