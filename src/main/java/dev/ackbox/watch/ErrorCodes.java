package dev.ackbox.watch;

import static java.util.Map.entry;

import dev.ackbox.model.PlatformError;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The codes of errors that Meta documents for notifications, or that were seen in them. */
final class ErrorCodes {

    private static final String BLOCKED = "Meta has blocked the account. Business Support Home gives the reason.";
    private static final String LOOK_UP = "Look up the code in Meta's list of error codes.";
    private static final String PAYMENT = "Fix the account's payment method in WhatsApp Manager.";
    private static final String REGISTER = "Register the phone number again.";

    /** For errors of an account, a number or a template: what you send next fails as well. */
    private static final Map<Integer, String> ADVICE = Map.ofEntries(
            entry(190, "Create a new access token."),
            entry(368, BLOCKED),
            entry(80007, "You have reached the account's rate limit. Send more slowly."),
            entry(130429, "You have reached the phone number's throughput. Send more slowly."),
            entry(131031, BLOCKED),
            entry(131037, "Get the phone number's display name approved in WhatsApp Manager."),
            entry(131042, PAYMENT),
            entry(131044, PAYMENT),
            entry(131045, REGISTER),
            entry(131048, "Too many users block or report the phone number. Send less, and only to users who want it."),
            entry(131057, "The account is in maintenance for some minutes. Send again later."),
            entry(132015, "The template is paused. Stop sending it, and edit it."),
            entry(132016, "The template is disabled. Use another one."),
            entry(133010, REGISTER),
            entry(2593109, "The business does not share its past chats, so none will arrive."));

    private static final Set<Integer> KNOWN = Stream.of(
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

    private ErrorCodes() {}

    /** The first error's code, {@code other} where it is not known, {@code none} where there is no error. */
    static String label(List<PlatformError> errors) {
        if (errors.isEmpty()) {
            return Words.NONE;
        }
        Integer code = errors.get(0).code();
        return code != null && KNOWN.contains(code) ? code.toString() : Words.OTHER;
    }

    /** What to do about errors; absent where the next message may well succeed. */
    static @Nullable String advice(List<PlatformError> errors) {
        return errors.stream()
                .map(PlatformError::code)
                .map(code -> code == null ? null : ADVICE.get(code))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What to do about errors that somebody has to look at in any case. */
    static String adviceOrLookUp(List<PlatformError> errors) {
        String advice = advice(errors);
        return advice == null ? LOOK_UP : advice;
    }
}
