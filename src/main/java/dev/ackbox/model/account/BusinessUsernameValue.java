package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code business_username_updates}: the business's own username changed.
 *
 * @param displayPhoneNumber the business phone number for display; always (documented)
 * @param username the name; absent once deleted (documented)
 * @param status how it stands; always (documented)
 */
public record BusinessUsernameValue(
        String displayPhoneNumber, @Nullable String username, OpenEnum<Status> status) implements Value {

    /** How a username may stand (documented). */
    public enum Status implements OpenEnum<Status> {
        APPROVED,
        DELETED,
        RESERVED
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
