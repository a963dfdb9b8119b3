package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code business_username_updates}: the business's own username changed.
 *
 * @param displayPhoneNumber the business phone number for display; always
 * @param username the name; absent once deleted
 * @param status how it stands; always
 * @param context {@code revoked} where Meta took the name away: with {@code DELETED}, or with {@code APPROVED} and a name that
 *     Meta made up; optional, since September 2026
 */
public record BusinessUsernameValue(
        String displayPhoneNumber,
        @Nullable String username,
        OpenEnum<Status> status,
        @Nullable OpenEnum<Context> context)
        implements Value {

    /** Why a username changed without the business. */
    public enum Context implements OpenEnum<Context> {
        /** Meta took the name away. */
        REVOKED
    }

    /** How a username may stand. */
    public enum Status implements OpenEnum<Status> {
        APPROVED,
        DELETED,
        RESERVED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
