package dev.ackbox.benchmark;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.model.Value;
import java.util.concurrent.atomic.LongAdder;

/** A handler that costs next to nothing: it counts what comes typed and is no replay. */
final class CountingHandler implements Handler<Value> {

    private final LongAdder handled = new LongAdder();

    @Override
    public void handle(Value value, Received received) {
        if (received.replay() == null) {
            handled.increment();
        }
    }

    long handled() {
        return handled.sum();
    }
}
