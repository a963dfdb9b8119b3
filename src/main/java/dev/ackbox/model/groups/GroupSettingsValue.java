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
 * Value of the field {@code group_settings_update}: picture, name or description of a group changed, or could not be.
 * Holds a single change when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param groups what changed; always
 */
public record GroupSettingsValue(@Nullable String messagingProduct, Metadata metadata, List<GroupSettings> groups)
        implements GroupsValue {

    public GroupSettingsValue {
        groups = Lists.orEmpty(groups);
    }

    /**
     * Settings of a group changed.
     *
     * @param timestamp when; always
     * @param groupId which group; always
     * @param type what happened; always
     * @param requestId the business's own request that led to it; optional
     * @param profilePicture optional
     * @param groupSubject the name; optional
     * @param groupDescription optional
     * @param errors why it failed; optional
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A picture of a group.
     *
     * @param mimeType always
     * @param sha256 Base64; always
     * @param updateSuccessful whether it changed; always
     * @param errors why it did not; optional
     */
    public record Picture(
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable Boolean updateSuccessful,
            List<PlatformError> errors) {

        public Picture {
            errors = Lists.orEmpty(errors);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A text of a group.
     *
     * @param text any text; always
     * @param updateSuccessful whether it changed; always
     * @param errors why it did not; optional
     */
    public record Setting(@Nullable String text, @Nullable Boolean updateSuccessful, List<PlatformError> errors) {

        public Setting {
            errors = Lists.orEmpty(errors);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to settings. */
    public enum Type implements OpenEnum<Type> {
        GROUP_SETTINGS_UPDATE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
