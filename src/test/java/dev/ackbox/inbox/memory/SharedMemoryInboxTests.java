package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.SharedInboxContract;
import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.Written;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SharedMemoryInboxTests extends SharedInboxContract {

    private final MemoryStore memory = MemoryStore.shared(4, clock);

    @Override
    protected Store connect(String name) {
        return memory.connect(name);
    }

    @Override
    protected Callable<Written> begin(Store writer, Batch batch) {
        return ((MemoryProcess) writer).begin(batch);
    }
}
