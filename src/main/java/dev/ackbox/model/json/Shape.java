package dev.ackbox.model.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How JSON is read into one Java type. Safe for use by several threads. */
interface Shape<T> {

    /**
     * Reads JSON.
     *
     * @param json anything but null
     * @param reading notes what is not known and what does not fit
     * @return absent where the JSON stands for nothing, such as an empty text in place of a number, and where it does not
     *     fit the type, which has been noted then
     * @throws UnreadablePayloadException where an item of the value lacks what identifies it
     */
    @Nullable
    T read(JsonNode json, Reading reading) throws UnreadablePayloadException;

    /** Whether something of this type is nothing without some of its properties. */
    default boolean hasCore() {
        return false;
    }
}
