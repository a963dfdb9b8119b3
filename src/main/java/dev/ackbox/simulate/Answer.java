package dev.ackbox.simulate;

/** What became of a notification that was sent. */
sealed interface Answer {

    /** The far side answered. */
    record Status(int code) implements Answer {}

    /** There was no answer. */
    record None(Failure failure) implements Answer {}
}
