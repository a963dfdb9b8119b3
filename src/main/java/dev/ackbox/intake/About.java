package dev.ackbox.intake;

import dev.ackbox.inbox.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record says of itself for later look-ups.
 *
 * @param kind name of the array that the item is from; absent where nothing is cut
 * @param account id of the entry; absent where it has none
 * @param phoneNumber the business' phone number id; absent where the change names none
 * @param subjects whom and what it is about
 */
record About(
        @Nullable String kind,
        @Nullable String account,
        @Nullable String phoneNumber,
        List<Subject> subjects) {

    /** Of what nothing is known. */
    static final About NOTHING = new About(null, null, null, List.of());

    /** Leaves the subjects out: they are personal data. */
    @Override
    public String toString() {
        return "About[" + kind + ", " + account + ", " + phoneNumber + "]";
    }
}
