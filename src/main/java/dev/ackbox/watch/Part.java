package dev.ackbox.watch;

/** The rules for a part of a value. */
final class Part<T> extends Rules<T, Part<T>> {

    @Override
    Part<T> self() {
        return this;
    }
}
