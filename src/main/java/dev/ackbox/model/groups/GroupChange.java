package dev.ackbox.model.groups;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a group. */
public sealed interface GroupChange
        permits GroupLifecycleValue.GroupLifecycle,
                GroupParticipantsValue.GroupParticipants,
                GroupSettingsValue.GroupSettings,
                GroupStatusValue.GroupStatus {

    /** When; always. */
    @Nullable
    Instant timestamp();

    /** Which group; always. */
    String groupId();

    /** What happened; always. */
    OpenEnum<?> type();

    /** The business's own request that led to it; optional. */
    @Nullable
    String requestId();

    /** Why it failed; optional. */
    List<PlatformError> errors();
}
