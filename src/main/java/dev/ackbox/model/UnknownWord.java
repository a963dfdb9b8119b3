package dev.ackbox.model;

/**
 * A word that is not known.
 *
 * @param name the text as it came
 * @param <E> the words that are known
 */
public record UnknownWord<E extends Enum<E> & Word<E>>(String name) implements Word<E> {

    /** Leaves the text out: it may be personal data. */
    @Override
    public String toString() {
        return "UnknownWord[...]";
    }
}
