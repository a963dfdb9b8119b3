package dev.ackbox.model;

/**
 * A word that is not known.
 *
 * @param name the text as it came
 * @param <E> the words that are known
 */
public record UnknownWord<E extends Enum<E> & OpenEnum<E>>(String name) implements OpenEnum<E> {

    @Override
    public String toString() {
        return "UnknownWord[...]";
    }
}
