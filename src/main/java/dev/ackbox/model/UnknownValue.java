package dev.ackbox.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value whose field is not known, or that does not fit the type of its field. Nothing of it is lost.
 *
 * @param reason why it is not typed
 * @param path where it does not fit, such as {@code value.messages[].text}; absent for other reasons
 * @param json the value as it came, or the whole notification where it has no value
 */
public record UnknownValue(Reason reason, @Nullable String path, JsonNode json) implements Value {

    /** A value that is not typed for another reason than that it does not fit. */
    public static UnknownValue of(Reason reason, JsonNode json) {
        return new UnknownValue(reason, null, json);
    }

    /** Why a value is not typed. */
    public enum Reason {
        /** Its field has no type. */
        FIELD,
        /** It does not fit the type of its field. */
        MISFIT,
        /** The change has no value, or it is not an object; "include values" may be off in the app's settings. */
        NO_VALUE,
        /** The notification has no change. */
        NO_CHANGE,
        /** The notification is about something other than a WhatsApp Business Account. */
        OBJECT
    }

    /** Leaves the content out: it is personal data. */
    @Override
    public String toString() {
        return "UnknownValue[" + reason + "]";
    }
}
