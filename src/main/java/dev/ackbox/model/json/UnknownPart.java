package dev.ackbox.model.json;

import java.util.Locale;

/**
 * Something in a payload that the model does not know. Holds nothing of the content, and may be logged.
 *
 * @param kind what it is
 * @param path where it stands, such as {@code value.messages[].type}; {@code value} is the value of the change, and a
 *     name that does not look like one of the platform's is {@code ?}
 * @param example for fields, types and words the word itself, {@code ?} where it does not look like one; otherwise the
 *     type of the JSON, such as {@code object}, or {@code missing}
 */
public record UnknownPart(Kind kind, String path, String example) {

    /** What the model may not know. */
    public enum Kind {
        /** A field without a type. */
        FIELD,
        /** A type of message or of interactive reply. */
        TYPE,
        /** A word of a list that may grow. */
        WORD,
        /** A property. */
        PROPERTY,
        /** JSON that does not fit its type, or that is missing although it must be there; it is absent in the typed value. */
        MISFIT,
        /** A change without a value, or with one that is empty or not an object. */
        NO_VALUE,
        /** A notification without a change. */
        NO_CHANGE,
        /** A notification about something other than a WhatsApp Business Account. */
        OBJECT;

        /** As it stands in metrics. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
