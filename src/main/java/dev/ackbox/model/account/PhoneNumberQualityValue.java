package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code phone_number_quality_update}: throughput or messaging limit of a number changed. The name
 * is historical.
 *
 * @param displayPhoneNumber the business phone number for display; always
 * @param event what changed; always
 * @param currentLimit older form of the limit; optional, its removal is announced
 * @param oldLimit the limit before; optional, its removal is announced
 * @param maxDailyConversationsPerBusiness the limit now; optional
 */
public record PhoneNumberQualityValue(
        String displayPhoneNumber,
        OpenEnum<Event> event,
        @Nullable OpenEnum<MessagingLimit> currentLimit,
        @Nullable OpenEnum<MessagingLimit> oldLimit,
        @Nullable OpenEnum<MessagingLimit> maxDailyConversationsPerBusiness)
        implements Value {

    /** What may change of a number (the last four observed). */
    public enum Event implements OpenEnum<Event> {
        ONBOARDING,
        THROUGHPUT_UPGRADE,
        FLAGGED,
        UNFLAGGED,
        UPGRADE,
        DOWNGRADE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
