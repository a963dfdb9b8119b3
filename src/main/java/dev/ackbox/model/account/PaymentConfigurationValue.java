package dev.ackbox.model.account;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Redacted;
import dev.ackbox.model.messages.PaymentProvider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code payment_configuration_update}: a configuration for payments changed (India, Brazil).
 *
 * @param configurationName which configuration; always
 * @param providerName whose it is; always, open for Brazil
 * @param providerMid merchant id at the provider; always
 * @param status how it stands; always
 * @param createdTimestamp when it was made; always
 * @param updatedTimestamp when it changed; always
 */
public record PaymentConfigurationValue(
        String configurationName,
        @Nullable OpenEnum<PaymentProvider> providerName,
        @Nullable String providerMid,
        @Nullable OpenEnum<Status> status,
        @Nullable Instant createdTimestamp,
        @Nullable Instant updatedTimestamp)
        implements Value {

    /** How a configuration may stand; written in words with blanks. */
    public enum Status implements OpenEnum<Status> {
        ACTIVE,
        NEEDS_CONNECTING,
        NEEDS_TESTING
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
