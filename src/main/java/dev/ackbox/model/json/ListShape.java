package dev.ackbox.model.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A list. What is no array is the only element, and a list within the list is read like one list. An element that does not fit is
 * left out and noted, unless it is one of the items that the whole value is about.
 *
 * @param element of what
 * @param holdsItems whether each element that has a core has to be there
 */
record ListShape<T>(Shape<T> element, boolean holdsItems) implements Shape<List<T>> {

    @Override
    public List<T> read(JsonNode json, Reading reading) throws UnreadablePayloadException {
        List<T> list = new ArrayList<>(json.isArray() ? json.size() : 1);
        reading.enterElement();
        for (JsonNode each : json.isArray() ? json : List.of(json)) {
            add(each, list, reading);
        }
        reading.leave();
        return list;
    }

    private void add(JsonNode json, List<T> list, Reading reading) throws UnreadablePayloadException {
        if (json.isArray() && !json.isEmpty()) {
            for (JsonNode each : json) {
                add(each, list, reading);
            }
            return;
        }
        reading.forgetCause();
        T value = element.read(json, reading);
        if (value != null) {
            list.add(value);
        } else if (holdsItems && element.hasCore()) {
            throw reading.unreadable();
        } else {
            reading.leftOut(json);
        }
    }
}
