package dev.ackbox.handlers;

import static java.util.Map.entry;

import dev.ackbox.model.PlatformError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do about errors. Those listed are about an account, a number or a template, so that what is sent next fails as
 * well; others are about one user, one message or the platform.
 */
final class ErrorAdvice {

    private static final String LOOK_UP = "Look the code up in the platform's list of error codes";
    private static final String BLOCKED = "The account is locked or blocked: read the reason in Business Support Home";
    private static final String PAY = "Mend the payment method of the account in WhatsApp Manager";
    private static final String REGISTER = "Register the number again";

    private static final Map<Integer, String> ADVICE = Map.ofEntries(
            entry(190, "Make a new access token"),
            entry(368, BLOCKED),
            entry(80007, "Send more slowly: the account's rate limit is reached"),
            entry(130429, "Send more slowly: the number's throughput is reached"),
            entry(131031, BLOCKED),
            entry(131037, "Have the number's name approved in WhatsApp Manager"),
            entry(131042, PAY),
            entry(131044, PAY),
            entry(131045, REGISTER),
            entry(131048, "Send less, and only what is wanted: too many block or report the number"),
            entry(131057, "The account is in maintenance, which ends by itself within minutes: send later"),
            entry(132015, "Let what uses the template wait, and mend it: it is paused"),
            entry(132016, "Use another template: it is disabled"),
            entry(133010, REGISTER));

    private ErrorAdvice() {}

    /** Absent where what is sent next may well succeed. */
    static @Nullable String of(List<PlatformError> errors) {
        return errors.stream()
                .map(PlatformError::code)
                .map(code -> code == null ? null : ADVICE.get(code))
                .filter(advice -> advice != null)
                .findFirst()
                .orElse(null);
    }

    /** For errors that somebody should look after in any case. */
    static String orLookUp(List<PlatformError> errors) {
        String advice = of(errors);
        return advice == null ? LOOK_UP : advice;
    }
}
