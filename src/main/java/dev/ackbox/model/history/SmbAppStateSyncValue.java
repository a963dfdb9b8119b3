package dev.ackbox.model.history;

import dev.ackbox.model.Lists;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code smb_app_state_sync}: the address book of the WhatsApp Business app, at first whole, then
 * its changes. Holds a single one when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; always (documented)
 * @param stateSync what changed; always (documented)
 */
public record SmbAppStateSyncValue(@Nullable String messagingProduct, Metadata metadata, List<StateSync> stateSync)
        implements Value {

    public SmbAppStateSyncValue {
        stateSync = Lists.orEmpty(stateSync);
    }

    /**
     * A change of the address book.
     *
     * @param type of what; always (documented)
     * @param contact of whom; always (documented)
     * @param action what was done; always (documented)
     * @param metadata when; always (documented)
     */
    public record StateSync(
            OpenEnum<Type> type,
            @Nullable SyncedContact contact,
            OpenEnum<Action> action,
            @Nullable SyncMetadata metadata) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A person of the address book.
     *
     * @param fullName absent on removal (documented)
     * @param firstName absent on removal (documented)
     * @param phoneNumber absent since 2026 where the number may not be shared (documented)
     * @param userId business-scoped id; optional (documented)
     * @param parentUserId the same for linked portfolios; optional (documented)
     * @param username optional (documented)
     */
    public record SyncedContact(
            @Nullable String fullName,
            @Nullable String firstName,
            @Nullable String phoneNumber,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * When the address book changed.
     *
     * @param timestamp when; always (documented)
     * @param version optional (observed)
     */
    public record SyncMetadata(
            @Nullable Instant timestamp, @Nullable BigDecimal version) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may change (documented). */
    public enum Type implements OpenEnum<Type> {
        CONTACT
    }

    /** What may be done (documented). */
    public enum Action implements OpenEnum<Action> {
        /** Added or edited. */
        ADD,
        REMOVE
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
