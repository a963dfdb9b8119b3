package dev.ackbox.dispatch;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * A handler and what it takes.
 *
 * @param name the bean's name, by which its success is remembered
 * @param type what is of this type and of its subtypes
 * @param handler what is called
 */
record RegisteredHandler(String name, Class<?> type, Handler<?> handler) {

    /** An element of a record that the handler takes. */
    private record Taken(Object argument, Object item) {}

    /** What it is to be called with for a change; empty where it takes nothing of it. */
    List<Invocation> invocationsFor(InboxRecord received, Change<?> change, List<Element> elements, Clock clock) {
        List<Taken> taken = takenOf(change.value(), elements);
        List<Invocation> invocations = new ArrayList<>(taken.size());
        for (int i = 0; i < taken.size(); i++) {
            String index = taken.size() == 1 ? "" : "[" + i + "]";
            String key = received.key() + (taken.size() == 1 ? "" : "-" + i);
            Received context =
                    new ReceivedElement(received, change, taken.get(i).item(), key, clock);
            invocations.add(new Invocation(this, taken.get(i).argument(), context, name + index));
        }
        return invocations;
    }

    private List<Taken> takenOf(Value value, List<Element> elements) {
        if (type.isInstance(value)) {
            return List.of(new Taken(value, Element.only(value)));
        }
        List<Taken> taken = new ArrayList<>(1);
        for (Element element : elements) {
            Object part = element.partOf(type);
            if (part != null) {
                taken.add(new Taken(part, element.item()));
            }
        }
        return taken;
    }

    @SuppressWarnings("unchecked") // the registry has read T from the bean's type, and the argument is of that
    void call(Object argument, Received received) throws Exception {
        ((Handler<Object>) handler).handle(argument, received);
    }
}
