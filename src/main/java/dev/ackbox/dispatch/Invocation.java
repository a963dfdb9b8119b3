package dev.ackbox.dispatch;

import dev.ackbox.handler.Received;

/**
 * A handler with what it is to be called with.
 *
 * @param handler what is called
 * @param argument a value, or a part of an element
 * @param received what belongs to it
 * @param name what its success is remembered by: the handler's name, with the position of the element where the record holds several
 */
record Invocation(RegisteredHandler handler, Object argument, Received received, String name) {

    void call() throws Exception {
        handler.call(argument, received);
    }
}
