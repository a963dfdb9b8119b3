package dev.ackbox.benchmark;

import dev.ackbox.handlers.ChangeContext;
import dev.ackbox.handlers.ChangeHandler;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import java.util.concurrent.atomic.LongAdder;

/** A handler that costs next to nothing: it counts what comes typed. */
final class CountingHandler implements ChangeHandler<Value> {

    private final LongAdder handled = new LongAdder();

    @Override
    public void handle(Change<Value> change, ChangeContext context) {
        handled.increment();
    }

    long handled() {
        return handled.sum();
    }
}
