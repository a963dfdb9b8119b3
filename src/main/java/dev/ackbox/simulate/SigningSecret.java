package dev.ackbox.simulate;

import org.jspecify.annotations.Nullable;

/** Which secret signs where none is given: the one that an Ackbox started from the same environment accepts. */
final class SigningSecret {

    static final String VARIABLE = "ACKBOX_APP_SECRET";

    /** What Ackbox takes in its {@code local} profile. */
    static final String DEMO = "demo-secret";

    private SigningSecret() {}

    /** The first of a comma-separated list, since Ackbox lists the current secret before the previous ones. */
    static String from(@Nullable String variable) {
        String first = variable == null ? "" : variable.split(",", 2)[0].strip();
        return first.isEmpty() ? DEMO : first;
    }
}
