package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A handler and what it takes.
 *
 * @param name the bean's name, by which its success is remembered
 * @param type what is of this type and of its subtypes
 * @param handler what is called
 */
record RegisteredHandler(String name, Class<?> type, Handler<?> handler) {

    /**
     * What it is to be called with for a change; empty where it takes nothing of it. An element is named by its position among all of
     * the value, so that its name and key do not depend on what the handler takes.
     *
     * @param replay id of the replay that it is for; absent for live traffic
     * @param owned whether the attempt's outcome is still asked for
     */
    List<Invocation> invocationsFor(
            InboxRecord received,
            Change<?> change,
            List<Element> elements,
            @Nullable String replay,
            BooleanSupplier owned,
            Clock clock) {
        Value value = change.value();
        if (type.isInstance(value)) {
            Received context = new ReceivedElement(
                    received, change, Element.only(value), received.key().toString(), name, replay, owned, clock);
            return List.of(new Invocation(this, value, context, name));
        }
        boolean several = elements.size() > 1;
        List<Invocation> invocations = new ArrayList<>(1);
        for (int i = 0; i < elements.size(); i++) {
            Object part = elements.get(i).partOf(type);
            if (part != null) {
                String key = received.key() + (several ? "-" + i : "");
                String call = name + (several ? "[" + i + "]" : "");
                Received context =
                        new ReceivedElement(received, change, elements.get(i).item(), key, call, replay, owned, clock);
                invocations.add(new Invocation(this, part, context, call));
            }
        }
        return invocations;
    }

    @SuppressWarnings("unchecked") // the registry has read T from the bean's type, and the argument is of that
    void call(Object argument, Received received) throws Exception {
        ((Handler<Object>) handler).handle(argument, received);
    }
}
