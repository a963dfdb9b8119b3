package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.ArchiveContract;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;

class MemoryArchiveTests extends ArchiveContract {

    private final MemoryStore memory = MemoryStore.ofOneProcess(clock);

    @Override
    protected StoredInbox open() {
        return StoredInbox.open(memory.connect("first"), Inboxes.SETTINGS, REDACTION, InboxObserver.NONE, clock);
    }
}
