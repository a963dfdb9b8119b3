package dev.ackbox.model.form;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.UnknownWord;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list of words as it is read. Letter case and what stands between letters and digits make no difference. */
public final class Words<E extends Enum<E> & OpenEnum<E>> {

    private final Map<String, E> known = new HashMap<>();

    public Words(Class<E> type) {
        for (E word : type.getEnumConstants()) {
            known.put(word.name(), word);
            known.put(word.name().toLowerCase(Locale.ROOT), word);
            known.put(essence(word.name()), word);
            for (String name : furtherNames(type, word)) {
                known.put(name, word);
            }
        }
    }

    private static String[] furtherNames(Class<?> type, Enum<?> word) {
        try {
            JsonAlias further = type.getField(word.name()).getAnnotation(JsonAlias.class);
            return further == null ? new String[0] : further.value();
        } catch (NoSuchFieldException ex) {
            throw new IllegalStateException("A constant is a field", ex);
        }
    }

    /** The word that a text stands for; absent where it is blank. */
    public @Nullable OpenEnum<E> read(String text) {
        if (text.isBlank()) {
            return null;
        }
        E word = known.get(text);
        if (word == null) {
            word = known.get(essence(text));
        }
        return word == null ? new UnknownWord<>(text) : word;
    }

    /**
     * Only letters and digits, in upper case: {@code Needs Testing} and {@code LeadSubmitted} are words of the platform
     * too.
     */
    public static String essence(String text) {
        StringBuilder essence = new StringBuilder(text.length());
        text.codePoints().filter(Character::isLetterOrDigit).forEach(essence::appendCodePoint);
        return essence.toString().toUpperCase(Locale.ROOT);
    }
}
