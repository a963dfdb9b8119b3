package dev.ackbox.dispatch;

import dev.ackbox.handlers.ChangeContext;
import dev.ackbox.handlers.ChangeHandler;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;

/**
 * A handler and what it takes.
 *
 * @param name the bean's name, by which its success is remembered
 * @param type values of this type and of its subtypes
 * @param handler what is called
 */
record RegisteredHandler(String name, Class<? extends Value> type, ChangeHandler<?> handler) {

    boolean takes(Value value) {
        return type.isInstance(value);
    }

    /** What it takes, in words. */
    String takenValues() {
        return type == Value.class ? "every field" : type.getSimpleName();
    }

    @SuppressWarnings("unchecked") // the registry has read V from the bean's type, and takes() has checked the value
    void call(Change<?> change, ChangeContext context) throws Exception {
        ((ChangeHandler<Value>) handler).handle((Change<Value>) change, context);
    }
}
