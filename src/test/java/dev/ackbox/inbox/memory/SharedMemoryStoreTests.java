package dev.ackbox.inbox.memory;

import dev.ackbox.inbox.engine.Batch;
import dev.ackbox.inbox.engine.Store;
import dev.ackbox.inbox.engine.StoreContract;
import dev.ackbox.inbox.engine.Written;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SharedMemoryStoreTests extends StoreContract {

    private static final int SHARES = 4;

    private final MemoryStore memory = MemoryStore.shared(SHARES, clock);

    @Override
    protected Store open() {
        return memory.connect("first");
    }

    @Override
    protected Store openSecond() {
        return memory.connect("second");
    }

    @Override
    protected void letLeasesEnd() {
        clock.advance(Store.LEASE_LENGTH);
    }

    @Override
    protected Callable<Written> begin(Store writer, Batch next) {
        return ((MemoryProcess) writer).begin(next);
    }

    @Override
    protected void failNextCommit(boolean isDurable) {
        ((MemoryProcess) store).failNextCommit(isDurable);
    }
}
