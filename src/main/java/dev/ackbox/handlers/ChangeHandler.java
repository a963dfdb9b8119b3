package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.Value;

/**
 * A built-in handler of a field's changes.
 *
 * @param <V> type of the value that it takes
 */
@FunctionalInterface
public interface ChangeHandler<V extends Value> {

    /** Handles a change. */
    void handle(Change<V> change, ChangeContext context) throws Exception;
}
