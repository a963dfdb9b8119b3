package dev.ackbox.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;

/** What became of a message: a word that is known, or any other as it came. */
public sealed interface StatusWord {

    /** Words of the documentation, and older ones. The platform mixes upper and lower case. */
    enum Known implements StatusWord {
        SENT,
        DELIVERED,
        READ,
        /** A voice message was listened to. */
        PLAYED,
        FAILED,
        /** Older: the user deleted the message. */
        DELETED,
        /** Older: it was delivered, but something was wrong, such as a product that is not available. */
        WARNING,
        /** Of a payment. */
        PENDING,
        /** Of a payment. */
        CAPTURED;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A word that is not known.
     *
     * @param word as it came
     */
    record Other(String word) implements StatusWord {}

    /** The word, in lower case where it is known, otherwise as it came. */
    String word();

    /** Reads a word in any case. */
    @JsonCreator
    static StatusWord of(String word) {
        for (Known known : Known.values()) {
            if (known.name().equalsIgnoreCase(word)) {
                return known;
            }
        }
        return new Other(word);
    }
}
