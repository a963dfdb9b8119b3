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

    /**
     * Something of a record that the handler takes.
     *
     * @param argument what it is called with
     * @param item the element that this is or is a part of
     */
    private record Match(Object argument, Object item) {}

    /** What it is to be called with for a change; empty where it takes nothing of it. */
    List<Invocation> invocationsFor(InboxRecord received, Change<?> change, List<Element> elements, Clock clock) {
        List<Match> matches = matches(change.value(), elements);
        List<Invocation> invocations = new ArrayList<>(matches.size());
        for (int i = 0; i < matches.size(); i++) {
            String index = matches.size() == 1 ? "" : "[" + i + "]";
            String key = received.key() + (matches.size() == 1 ? "" : "-" + i);
            Received context =
                    new ReceivedElement(received, change, matches.get(i).item(), key, clock);
            invocations.add(new Invocation(this, matches.get(i).argument(), context, name + index));
        }
        return invocations;
    }

    private List<Match> matches(Value value, List<Element> elements) {
        if (type.isInstance(value)) {
            return List.of(new Match(value, Element.only(value)));
        }
        List<Match> matches = new ArrayList<>(1);
        for (Element element : elements) {
            Object part = element.partOf(type);
            if (part != null) {
                matches.add(new Match(part, element.item()));
            }
        }
        return matches;
    }

    @SuppressWarnings("unchecked") // the registry has read T from the bean's type, and the argument is of that
    void call(Object argument, Received received) throws Exception {
        ((Handler<Object>) handler).handle(argument, received);
    }
}
