package dev.ackbox.simulate;

import java.util.List;

/** Hands out the elements of a list in turn, for ever. For one thread. */
final class Rotation<T> {

    private final List<T> elements;
    private int next;

    Rotation(List<T> elements) {
        if (elements.isEmpty()) {
            throw new IllegalArgumentException("'elements' must not be empty");
        }
        this.elements = List.copyOf(elements);
    }

    T next() {
        T element = elements.get(next);
        next = (next + 1) % elements.size();
        return element;
    }
}
