package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code phone_number_name_update}: a name for a phone number was reviewed.
 *
 * @param displayPhoneNumber the business phone number for display; always
 * @param decision the outcome; always
 * @param requestedVerifiedName the name; always
 * @param rejectionReason why it was rejected; null unless it was
 */
public record PhoneNumberNameValue(
        String displayPhoneNumber,
        OpenEnum<ReviewDecision> decision,
        @Nullable String requestedVerifiedName,
        @Nullable OpenEnum<RejectionReason> rejectionReason)
        implements Value {

    /** Why a name may be rejected. */
    public enum RejectionReason implements OpenEnum<RejectionReason> {
        NAME_EMPLOYEE_ISSUE,
        NAME_ENDCLIENT_NOTRELATED,
        NAME_FORMAT_UNACCEPTABLE,
        NAME_INDIVIDUAL_ISSUE,
        NAME_NOT_CONSISTENT,
        UNKNOWN
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
