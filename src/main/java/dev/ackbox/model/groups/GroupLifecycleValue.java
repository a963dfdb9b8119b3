package dev.ackbox.model.groups;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code group_lifecycle_update}: a group was made or deleted, or could not be. Holds a single one
 * when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param groups what happened; always
 */
public record GroupLifecycleValue(@Nullable String messagingProduct, Metadata metadata, List<GroupLifecycle> groups)
        implements GroupsValue {

    public GroupLifecycleValue {
        groups = Lists.orEmpty(groups);
    }

    /**
     * A group was made or deleted.
     *
     * @param timestamp when; always
     * @param groupId which group; always
     * @param type what happened; always
     * @param requestId the business's own request that led to it; optional
     * @param subject the group's name; with its making
     * @param description with its making, optional
     * @param inviteLink how users join; with its making, absent on failure
     * @param joinApprovalMode whether joining has to be approved; with its making
     * @param errors why it failed; optional
     */
    public record GroupLifecycle(
            @Nullable Instant timestamp,
            String groupId,
            OpenEnum<Type> type,
            @Nullable String requestId,
            @Nullable String subject,
            @Nullable String description,
            @Nullable String inviteLink,
            @Nullable OpenEnum<JoinApproval> joinApprovalMode,
            List<PlatformError> errors)
            implements GroupChange {

        public GroupLifecycle {
            errors = Lists.orEmpty(errors);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a group. */
    public enum Type implements OpenEnum<Type> {
        GROUP_CREATE,
        GROUP_DELETE
    }

    /** Whether joining has to be approved. */
    public enum JoinApproval implements OpenEnum<JoinApproval> {
        AUTO_APPROVE,
        APPROVAL_REQUIRED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
