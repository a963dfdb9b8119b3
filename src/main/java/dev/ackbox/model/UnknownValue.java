package dev.ackbox.model;

import tools.jackson.databind.JsonNode;

/**
 * A value whose field is not known, or that is not there. Nothing of it is lost.
 *
 * @param reason why it is not typed
 * @param json the value as it came, or the whole notification where it has no value
 */
public record UnknownValue(Reason reason, JsonNode json) implements Value {

    /** Why a value is not typed. */
    public enum Reason {
        /** Its field has no type. */
        FIELD,
        /** The change has no value, or it is empty or not an object; "include values" may be off in the app's settings. */
        NO_VALUE,
        /** The notification has no change. */
        NO_CHANGE,
        /** The notification is about a user, and has names of what changed in place of a change; a test of the app dashboard does (observed). */
        CHANGED_FIELDS,
        /** The notification is about something other than what {@code ackbox.objects} lists. */
        OBJECT
    }

    @Override
    public String toString() {
        return "UnknownValue[" + reason + "]";
    }
}
