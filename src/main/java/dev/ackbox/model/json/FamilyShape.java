package dev.ackbox.model.json;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One of a sealed family of records: the one that the property {@code type} names or, where nothing does, the one that a
 * property is named after.
 *
 * @param members by the word that says which it is, in lower case
 * @param other of any other word
 */
record FamilyShape(Map<String, Member> members, Shape<?> other) implements Shape<Object> {

    /**
     * One record of the family.
     *
     * @param shape of it
     * @param mayBeAbsent whether it may come without JSON of its own
     */
    record Member(Shape<?> shape, boolean mayBeAbsent) {}

    @Override
    public @Nullable Object read(JsonNode json, Reading reading) throws UnreadablePayloadException {
        return shapeOf(json).read(json, reading);
    }

    private Shape<?> shapeOf(JsonNode json) {
        JsonNode type = json.path(RecordShape.TYPE);
        if (type.isString()) {
            Member member = members.get(type.asString().toLowerCase(Locale.ROOT));
            return member == null ? other : member.shape();
        }
        for (Map.Entry<String, Member> each : members.entrySet()) {
            if (json.has(each.getKey())) {
                return each.getValue().shape();
            }
        }
        return other;
    }

    @Override
    public boolean hasCore() {
        return other.hasCore();
    }
}
