package dev.ackbox.handlers;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Labels for meters and words for logs: only what is known, since anything else could be personal, or without bounds. */
final class Labels {

    static final String NONE = "none";
    static final String OTHER = "other";
    static final String UNKNOWN_ID = "?";

    private static final int LONGEST_ID = 20;

    /** Codes that are documented for notifications, or were seen in them. */
    private static final Set<Integer> CODES = Stream.of(
                    IntStream.of(0, 1, 2, 3, 4, 10, 33, 100, 190, 368, 470, 501, 2046, 2047, 80007, 1752041),
                    IntStream.rangeClosed(200, 299),
                    IntStream.of(130429, 130472, 130497, 130501, 131000, 131005, 131008, 131009, 131014, 131016),
                    IntStream.of(131020, 131021, 131026, 131031, 131037, 131041, 131042, 131044, 131045, 131047),
                    IntStream.of(131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057, 131059),
                    IntStream.of(131060, 131201, 131202, 131204),
                    IntStream.rangeClosed(131207, 131211),
                    IntStream.of(132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069),
                    IntStream.of(133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016),
                    IntStream.of(134011, 134100, 134101, 134102, 135000),
                    IntStream.rangeClosed(138000, 138025),
                    IntStream.of(2593079, 2593085, 2593107, 2593108, 2593109))
            .flatMapToInt(codes -> codes)
            .boxed()
            .collect(Collectors.toUnmodifiableSet());

    private Labels() {}

    /** A known word in lower case. */
    static String of(@Nullable OpenEnum<?> word) {
        if (word == null) {
            return NONE;
        }
        return word instanceof Enum<?> known ? known.name().toLowerCase(Locale.ROOT) : OTHER;
    }

    /** The first error's code. */
    static String codeOf(List<PlatformError> errors) {
        if (errors.isEmpty()) {
            return NONE;
        }
        Integer code = errors.get(0).code();
        return code != null && CODES.contains(code) ? code.toString() : OTHER;
    }

    /** An id of the platform's own, such as an account's or a template's; not of a user. */
    static String id(@Nullable Object id) {
        String text = String.valueOf(id);
        return isId(text) ? text : UNKNOWN_ID;
    }

    /** Whether this may be an id of the platform's own. */
    static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ID
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
