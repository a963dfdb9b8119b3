package dev.ackbox.model.json;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.form.Words;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A word of a list that may grow.
 *
 * @param words the list
 * @param kind what a word that is not known counts as
 */
record WordShape<E extends Enum<E> & OpenEnum<E>>(Words<E> words, UnknownPart.Kind kind) implements Shape<OpenEnum<E>> {

    @Override
    public @Nullable OpenEnum<E> read(JsonNode json, Reading reading) {
        JsonNode one = reading.one(json);
        if (one == null) {
            return null;
        }
        if (!one.isValueNode()) {
            reading.misfit(one);
            return null;
        }
        OpenEnum<E> word = words.read(one.asString());
        if (word instanceof UnknownWord<E>) {
            reading.unknownWord(kind, word.name());
        }
        return word;
    }
}
