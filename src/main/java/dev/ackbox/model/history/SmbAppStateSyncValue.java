package dev.ackbox.model.history;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code smb_app_state_sync}: the address book of the WhatsApp Business app, at first whole, then
 * its changes. Holds a single one when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param stateSync what changed; always
 */
public record SmbAppStateSyncValue(@Nullable String messagingProduct, Metadata metadata, List<StateSync> stateSync)
        implements Value {

    public SmbAppStateSyncValue {
        stateSync = Lists.orEmpty(stateSync);
    }

    /**
     * A change of the address book.
     *
     * @param type of what; always
     * @param contact of whom; always
     * @param action what was done; always
     * @param metadata when; always
     */
    public record StateSync(
            OpenEnum<Type> type,
            @Nullable SyncedContact contact,
            OpenEnum<Action> action,
            @Nullable SyncMetadata metadata) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A person of the address book.
     *
     * @param fullName absent on removal
     * @param firstName absent on removal
     * @param phoneNumber absent since 2026 where the number may not be shared
     * @param userId business-scoped id; optional
     * @param parentUserId the same for linked portfolios; optional
     * @param username optional
     * @param countryCode ISO 3166 alpha-2; optional, since 2026 (observed)
     */
    public record SyncedContact(
            @Nullable String fullName,
            @Nullable String firstName,
            @Nullable String phoneNumber,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username,
            @Nullable String countryCode) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * When the address book changed.
     *
     * @param timestamp when; always
     * @param version optional (observed)
     */
    public record SyncMetadata(
            @Nullable Instant timestamp, @Nullable BigDecimal version) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may change. */
    public enum Type implements OpenEnum<Type> {
        CONTACT
    }

    /** What may be done. */
    public enum Action implements OpenEnum<Action> {
        /** Added or edited. */
        ADD,
        REMOVE
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
