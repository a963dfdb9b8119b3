package dev.ackbox.watch;

import dev.ackbox.model.OpenEnum;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words for meters and the log: only those that are known, since anything else could be personal, or without bounds. */
final class Words {

    static final String NONE = "none";
    static final String OTHER = "other";
    static final String UNKNOWN_ID = "?";

    private static final int LONGEST_ID = 20;

    private Words() {}

    /** A known word in lower case. */
    static String of(@Nullable OpenEnum<?> word) {
        if (word == null) {
            return NONE;
        }
        return word instanceof Enum<?> known ? known.name().toLowerCase(Locale.ROOT) : OTHER;
    }

    /** One of Meta's own ids, such as an account's or a template's; not a user's. */
    static String id(@Nullable Object id) {
        String text = String.valueOf(id);
        return isId(text) ? text : UNKNOWN_ID;
    }

    /** Whether this may be one of Meta's own ids. */
    static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
