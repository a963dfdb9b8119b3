package dev.ackbox.model.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A list. A null in it is nothing, and what is no array is the only element.
 *
 * @param element of what
 */
record ListShape<T>(Shape<T> element) implements Shape<List<T>> {

    @Override
    public List<T> read(JsonNode json, Reading reading) throws MisfitException {
        List<T> list = new ArrayList<>(json.isArray() ? json.size() : 1);
        reading.enterElement();
        for (JsonNode each : json.isArray() ? json : List.of(json)) {
            T value = each.isNull() ? null : element.read(each, reading);
            if (value != null) {
                list.add(value);
            }
        }
        reading.leave();
        return list;
    }
}
