package dev.ackbox.model.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How JSON is read into one Java type. Safe for use by several threads. */
interface Shape<T> {

    /**
     * Reads JSON.
     *
     * @param json anything but null
     * @param reading notes what is not known
     * @return absent where the JSON stands for nothing, such as an empty text in place of a number
     * @throws MisfitException where it does not fit the type
     */
    @Nullable
    T read(JsonNode json, Reading reading) throws MisfitException;
}
