package dev.ackbox.sample;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a sample's item stands in its change, and what tells one item from the next.
 *
 * @param array the array of the value that holds the item; absent where the whole value is the item
 * @param id from the item to what identifies it; absent where only the time tells two of them apart
 * @param time from the item to its time; absent where it has none but its entry's
 */
record Layout(
        @Nullable String array,
        @Nullable JsonPointer id,
        @Nullable JsonPointer time) {

    private static final JsonPointer TIME = JsonPointer.compile("/timestamp");

    /** An element of an array, with an id. */
    static Layout element(String array, String id) {
        return new Layout(array, JsonPointer.compile(id), TIME);
    }

    /** An element of an array, without an id. */
    static Layout element(String array) {
        return new Layout(array, null, TIME);
    }

    /** A whole value, with an id. */
    static Layout value(String id) {
        return new Layout(null, JsonPointer.compile(id), null);
    }

    /** A whole value, without an id. */
    static Layout value() {
        return new Layout(null, null, null);
    }

    Layout timeAt(String pointer) {
        return new Layout(array, id, JsonPointer.compile(pointer));
    }

    ObjectNode itemOf(JsonNode change) {
        JsonNode value = change.path("value");
        return (ObjectNode) (array == null ? value : value.path(array).path(0));
    }

    /** The array that may hold further items; absent where the whole value is the item. */
    @Nullable
    ArrayNode itemsOf(JsonNode change) {
        return array == null ? null : (ArrayNode) change.path("value").path(array);
    }
}
