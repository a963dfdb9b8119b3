package dev.ackbox.model;

/**
 * A word of a list that the platform may make longer at any time: a constant of {@code E}, or an {@link UnknownWord}.
 * The platform mixes upper and lower case; a constant stands for all of these.
 *
 * <p>Compare with the constants: {@code value.event() == TemplateStatusValue.Event.REJECTED}.
 *
 * @param <E> the words that are known
 */
public interface OpenEnum<E extends Enum<E> & OpenEnum<E>> {

    /** The constant's name, or the text as it came where there is no constant for it. */
    String name();
}
