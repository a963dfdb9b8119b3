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
 * Value of the field {@code group_settings_update}: picture, name or description of a group changed, or could not be.
 * Holds a single change when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; always (documented)
 * @param groups what changed; always (documented)
 */
public record GroupSettingsValue(@Nullable String messagingProduct, Metadata metadata, List<GroupSettings> groups)
        implements GroupsValue {

    public GroupSettingsValue {
        groups = Lists.orEmpty(groups);
    }

    /**
     * Settings of a group changed.
     *
     * @param timestamp when; always (documented)
     * @param groupId which group; always (documented)
     * @param type what happened; always (documented)
     * @param requestId the business's own request that led to it; optional (documented)
     * @param profilePicture optional (documented)
     * @param groupSubject the name; optional (documented)
     * @param groupDescription optional (documented)
     * @param errors why it failed; optional (documented)
     */
    public record GroupSettings(
            @Nullable Instant timestamp,
            String groupId,
            OpenEnum<Type> type,
            @Nullable String requestId,
            @Nullable Picture profilePicture,
            @Nullable Setting groupSubject,
            @Nullable Setting groupDescription,
            List<PlatformError> errors)
            implements GroupChange {

        public GroupSettings {
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A picture of a group.
     *
     * @param mimeType always (documented)
     * @param sha256 Base64; always (documented)
     * @param updateSuccessful whether it changed; always (documented)
     * @param errors why it did not; optional (documented)
     */
    public record Picture(
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable Boolean updateSuccessful,
            List<PlatformError> errors) {

        public Picture {
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A text of a group.
     *
     * @param text any text; always (documented)
     * @param updateSuccessful whether it changed; always (documented)
     * @param errors why it did not; optional (documented)
     */
    public record Setting(@Nullable String text, @Nullable Boolean updateSuccessful, List<PlatformError> errors) {

        public Setting {
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to settings (documented). */
    public enum Type implements OpenEnum<Type> {
        GROUP_SETTINGS_UPDATE
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
