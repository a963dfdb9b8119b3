package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code user_preferences}: a user wants marketing messages, or no more. Holds a single one when it
 * reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param contacts the user; always
 * @param userPreferences what the user wants; always
 */
public record UserPreferencesValue(
        @Nullable String messagingProduct,
        Metadata metadata,
        List<Contact> contacts,
        List<UserPreference> userPreferences)
        implements Value {

    public UserPreferencesValue {
        contacts = Lists.orEmpty(contacts);
        userPreferences = Lists.orEmpty(userPreferences);
    }

    /**
     * What a user wants.
     *
     * @param waId WhatsApp id; absent since 2026 where the number may not be shared
     * @param userId business-scoped id; optional
     * @param parentUserId the same for linked portfolios; optional
     * @param username in test notifications; optional (observed)
     * @param detail an English sentence; always
     * @param category of what kind of messages; always
     * @param value which of them; always
     * @param signupId which signup link; optional (observed)
     * @param timestamp when; always
     */
    public record UserPreference(
            @Nullable String waId,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username,
            @Nullable String detail,
            @Nullable OpenEnum<Category> category,
            OpenEnum<Choice> value,
            @Nullable String signupId,
            @Nullable Instant timestamp) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What a user may decide about. */
    public enum Category implements OpenEnum<Category> {
        MARKETING_MESSAGES
    }

    /** What a user may decide. */
    public enum Choice implements OpenEnum<Choice> {
        STOP,
        RESUME,
        /** Through a signup link (observed). */
        SIGNUP
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
