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
 * Value of the field {@code group_status_update}: a group was suspended, or no longer is. Holds a single one when it
 * reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param groups what happened; always
 */
public record GroupStatusValue(@Nullable String messagingProduct, Metadata metadata, List<GroupStatus> groups)
        implements GroupsValue {

    public GroupStatusValue {
        groups = Lists.orEmpty(groups);
    }

    /**
     * A group was suspended, or no longer is.
     *
     * @param timestamp when; always
     * @param groupId which group; always
     * @param type what happened; always
     * @param requestId the business's own request that led to it; optional
     * @param errors optional
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Whether a group is suspended. */
    public enum Type implements OpenEnum<Type> {
        GROUP_SUSPEND,
        GROUP_SUSPEND_CLEARED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
