package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.Value;

/**
 * Does something with changes of one field. Any Spring bean of this type is found at the start; {@code V} says which field
 * it takes, and {@link Value} that it takes all of them. Several handlers may take the same field.
 *
 * <p>Called by many threads at once, virtual ones where the runtime has them; never by two at once for changes of one
 * conversation, as long as it returns in time.
 *
 * @param <V> type of the value that it takes
 */
@FunctionalInterface
public interface ChangeHandler<V extends Value> {

    /**
     * Handles a change. Returning means that it is done with; this handler is not called for it again, unless the process
     * dies before that is noted. {@link ChangeContext#idempotencyKey()} tells whether two calls are about the same change.
     *
     * <p>Where it takes longer than {@code ackbox.dispatch.handler-timeout}, the thread is interrupted and the change is
     * tried again later.
     *
     * @throws PermanentFailureException to give up now: the change becomes a dead letter
     * @throws RetryLaterException to be called again not before a certain time
     * @throws Exception to be called again later, after longer and longer intervals; the change becomes a dead letter after
     *     the last attempt. The exception's message is not kept, since it may hold personal data; its type is.
     */
    void handle(Change<V> change, ChangeContext context) throws Exception;
}
