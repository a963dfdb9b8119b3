package dev.ackbox.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A word of a list that the platform may extend at any time: a constant of {@code E}, or an {@link UnknownWord}. The
 * platform mixes upper and lower case, hyphens and underscores; a constant stands for all of these.
 *
 * <p>Compare with the constants, by {@code ==} or by {@link #is}: {@code value.event().is(REJECTED, DISABLED)}. From Java 21
 * on, {@code switch} works too: {@code switch (status.status()) { case MessageStatus.READ -> ...; default -> ...; }}. Do not
 * compare with a {@code String}: that is never equal; see {@link #name()}.
 *
 * @param <E> the words that are known
 */
@JsonDeserialize(using = OpenEnumDeserializer.class)
public interface OpenEnum<E extends Enum<E> & OpenEnum<E>> {

    /** The constant's name, or the text as it came where there is no constant for it. */
    @JsonValue
    String name();

    /** Whether this is one of these words. */
    @SuppressWarnings("unchecked") // nothing is stored in the array
    default boolean is(E... words) {
        return Arrays.asList(words).contains(this);
    }

    /** The constant; empty where the word is not known. */
    @SuppressWarnings("unchecked") // every other implementation is an enumeration of E
    default Optional<E> known() {
        return this instanceof UnknownWord<?> ? Optional.empty() : Optional.of((E) this);
    }
}
