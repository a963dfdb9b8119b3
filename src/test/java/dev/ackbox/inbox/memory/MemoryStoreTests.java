package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;

class MemoryStoreTests extends StoreContract {

    private final MemoryStore memory = MemoryStore.ofOneProcess(clock);

    @Override
    protected Store open() {
        return memory.connect("first");
    }

    @Override
    protected void failNextCommit(boolean isDurable) {
        ((MemoryProcess) store).failNextCommit(isDurable);
    }
}
