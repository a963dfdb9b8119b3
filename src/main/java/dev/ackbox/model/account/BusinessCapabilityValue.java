package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code business_capability_update}: how much the business may send, and how many numbers it may
 * have.
 *
 * @param maxDailyConversationPerPhone older limit of each number, -1 for none; optional, its removal is announced
 * @param maxDailyConversationsPerBusiness limit of the portfolio, a tier or, in one sample, a plain number; optional
 * @param maxPhoneNumbersPerBusiness with the lowest limit only
 * @param maxPhoneNumbersPerWaba with all other limits
 */
public record BusinessCapabilityValue(
        @Nullable Long maxDailyConversationPerPhone,
        @Nullable OpenEnum<MessagingLimit> maxDailyConversationsPerBusiness,
        @Nullable Long maxPhoneNumbersPerBusiness,
        @Nullable Long maxPhoneNumbersPerWaba)
        implements Value {

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
