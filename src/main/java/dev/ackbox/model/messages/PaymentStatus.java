package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.User;
import dev.ackbox.model.form.ContentType;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a payment for an order (India). Comes among the statuses, with the type {@code payment}.
 *
 * @param messageId id of the message that asked for the payment; always
 * @param status what became of it; always
 * @param timestamp when; always, missing in one sample
 * @param recipientId the user's WhatsApp id; absent where the number may not be shared
 * @param recipientUserId the user's business-scoped id; optional
 * @param recipientParentUserId the same for linked portfolios; optional
 * @param type {@code payment}; mostly there
 * @param payment what is paid; always
 * @param errors why it failed; optional (inferred)
 */
@ContentType("payment")
public record PaymentStatus(
        @JsonProperty("id") String messageId,
        OpenEnum<State> status,
        @Nullable Instant timestamp,
        @Nullable String recipientId,
        @Nullable String recipientUserId,

        @JsonAlias({"parent_recipient_user_id", "parent_user_id"}) @Nullable
        String recipientParentUserId,

        @Nullable OpenEnum<Status.Type> type,
        @Nullable Payment payment,
        List<PlatformError> errors)
        implements SentStatus {

    public PaymentStatus {
        errors = Lists.orEmpty(errors);
    }

    /** The user who pays; absent where there is no id. */
    public @Nullable User recipient() {
        return User.of(recipientId, recipientUserId, recipientParentUserId);
    }

    /** What may become of a payment. */
    public enum State implements OpenEnum<State> {
        PENDING,
        CAPTURED,
        FAILED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
