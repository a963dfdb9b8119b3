package dev.ackbox.model.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.UnknownWord;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A word of a list that may grow. Letter case and what stands between letters and digits make no difference. */
final class WordShape<E extends Enum<E> & OpenEnum<E>> implements Shape<OpenEnum<E>> {

    private final Map<String, E> known = new HashMap<>();
    private final UnknownPart.Kind kind;

    /**
     * Creates the shape.
     *
     * @param kind what a word that is not known counts as
     */
    WordShape(Class<E> words, UnknownPart.Kind kind) {
        this.kind = kind;
        for (E word : words.getEnumConstants()) {
            known.put(word.name(), word);
            known.put(word.name().toLowerCase(Locale.ROOT), word);
            known.put(essence(word.name()), word);
            for (String name : furtherNames(words, word)) {
                known.put(name, word);
            }
        }
    }

    private static String[] furtherNames(Class<?> words, Enum<?> word) {
        try {
            JsonAlias further = words.getField(word.name()).getAnnotation(JsonAlias.class);
            return further == null ? new String[0] : further.value();
        } catch (NoSuchFieldException ex) {
            throw new IllegalStateException("A constant is a field", ex);
        }
    }

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
        String text = one.asString();
        if (text.isBlank()) {
            return null;
        }
        E word = known.get(text);
        if (word == null) {
            word = known.get(essence(text));
        }
        if (word == null) {
            reading.unknownWord(kind, text);
            return new UnknownWord<>(text);
        }
        return word;
    }

    /**
     * Only letters and digits, in upper case: {@code Needs Testing} and {@code LeadSubmitted} are words of the platform
     * too.
     */
    static String essence(String text) {
        StringBuilder essence = new StringBuilder(text.length());
        text.codePoints().filter(Character::isLetterOrDigit).forEach(essence::appendCodePoint);
        return essence.toString().toUpperCase(Locale.ROOT);
    }
}
