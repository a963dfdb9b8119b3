package dev.ackbox.model.messages;

import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message answers, or was forwarded from. May be empty (observed).
 *
 * @param id the message that it answers, {@code wacid.} for a call, {@code M0} in edits; absent where it was forwarded
 * @param from who sent that one; absent where it was forwarded, and where the number may not be shared
 * @param fromUserId business-scoped id of who sent that one; optional
 * @param fromParentUserId the same for linked portfolios; optional
 * @param forwarded forwarded five times or fewer; optional
 * @param frequentlyForwarded forwarded more than five times; optional
 * @param referredProduct the product whose button was used; optional
 * @param groupId group of the message that it answers: On-Premises API only
 * @param mentions users who are mentioned: On-Premises API only
 */
public record MessageContext(
        @Nullable String id,
        @Nullable String from,
        @Nullable String fromUserId,
        @Nullable String fromParentUserId,
        @Nullable Boolean forwarded,
        @Nullable Boolean frequentlyForwarded,
        @Nullable Product referredProduct,
        @Nullable String groupId,
        List<String> mentions) {

    public MessageContext {
        mentions = Lists.orEmpty(mentions);
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
