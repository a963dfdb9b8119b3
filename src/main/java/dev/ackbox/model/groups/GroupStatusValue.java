package dev.ackbox.model.groups;

import dev.ackbox.model.Lists;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code group_status_update}: a group was suspended, or no longer is. Holds a single one when it
 * reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; always (documented)
 * @param groups what happened; always (documented)
 */
public record GroupStatusValue(@Nullable String messagingProduct, Metadata metadata, List<GroupStatus> groups)
        implements GroupsValue {

    public GroupStatusValue {
        groups = Lists.orEmpty(groups);
    }

    /**
     * A group was suspended, or no longer is.
     *
     * @param timestamp when; always (documented)
     * @param groupId which group; always (documented)
     * @param type what happened; always (documented)
     * @param requestId the business's own request that led to it; optional (documented)
     * @param errors optional (documented)
     */
    public record GroupStatus(
            @Nullable Instant timestamp,
            String groupId,
            OpenEnum<Type> type,
            @Nullable String requestId,
            List<PlatformError> errors)
            implements GroupChange {

        public GroupStatus {
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Whether a group is suspended (documented). */
    public enum Type implements OpenEnum<Type> {
        GROUP_SUSPEND,
        GROUP_SUSPEND_CLEARED
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
