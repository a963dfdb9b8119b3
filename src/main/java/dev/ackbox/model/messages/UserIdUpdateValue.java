package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the withdrawn field {@code user_id_update}, which was documented from May to August 2026: a user's
 * business-scoped id changed. System messages of {@code messages} tell this now. Holds a single one when it reaches a
 * handler.
 *
 * @param messagingProduct {@code whatsapp}
 * @param metadata the business phone number that it is about
 * @param contacts the user
 * @param userIdUpdate what changed
 */
public record UserIdUpdateValue(
        @Nullable String messagingProduct,
        @Nullable Metadata metadata,
        List<Contact> contacts,
        List<UserIdUpdate> userIdUpdate)
        implements Value {

    public UserIdUpdateValue {
        contacts = Lists.orEmpty(contacts);
        userIdUpdate = Lists.orEmpty(userIdUpdate);
    }

    /**
     * A user's ids changed.
     *
     * @param waId WhatsApp id; optional
     * @param detail an English sentence
     * @param userId the business-scoped id; always
     * @param parentUserId the same for linked portfolios; optional
     * @param timestamp when
     */
    public record UserIdUpdate(
            @Nullable String waId,
            @Nullable String detail,
            IdChange userId,
            @Nullable IdChange parentUserId,
            @Nullable Instant timestamp) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * An id and the one before.
     *
     * @param previous the one before
     * @param current the one now
     */
    public record IdChange(
            @Nullable String previous, @Nullable String current) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
