package dev.ackbox.sample;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts one user in the place of another, wherever that one is named.
 *
 * @param old with a name, a number and an id
 */
record UserSwap(SampleUser old, SampleUser user) {

    void in(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            names.forEach(name -> inProperty(object, name));
        } else {
            node.forEach(this::in);
        }
    }

    private void inProperty(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isString()) {
            in(value);
            if (name.equals("profile") && user.username() != null) {
                ((ObjectNode) value).put("username", user.username());
            }
            return;
        }
        String text = value.asString();
        if (text.equals(old.number())) {
            put(object, name, user.number());
        } else if (text.equals(old.userId())) {
            put(object, name, user.userId());
        } else {
            object.put(name, inSentence(text));
        }
    }

    private static void put(ObjectNode object, String name, @Nullable String value) {
        if (value == null) {
            object.remove(name);
        } else {
            object.put(name, value);
        }
    }

    private String inSentence(String text) {
        String name = user.name() == null ? old.name() : user.name();
        String number = user.number() == null ? user.userId() : user.number();
        return text.replace(String.valueOf(old.name()), String.valueOf(name))
                .replace(String.valueOf(old.number()), String.valueOf(number));
    }
}
