package dev.ackbox.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was sent, or of a payment. Statuses come in any order, and some never (documented).
 *
 * @param id id of the message that was sent
 * @param status what became of it
 * @param timestamp when
 * @param recipientId the user's WhatsApp id, or the id of a group; absent since 2026 where the number may not be shared
 *     (documented)
 * @param recipientUserId the user's business-scoped id (documented)
 * @param recipientType {@code group} for groups, mostly absent otherwise (documented)
 * @param recipientParticipantId who of the group it is about (documented)
 * @param type {@code message} or {@code payment}; mostly absent (documented)
 * @param bizOpaqueCallbackData what the business attached when sending (documented)
 * @param conversation the window that it was sent in; rare since Graph API 24.0 (documented)
 * @param pricing what it costs; only on {@code sent}, and on one of {@code delivered} and {@code read} (documented)
 * @param errors why it failed
 */
public record Status(
        @Nullable String id,
        @Nullable StatusWord status,
        @Nullable Instant timestamp,
        @Nullable String recipientId,
        @Nullable String recipientUserId,
        @Nullable String recipientType,
        @Nullable String recipientParticipantId,
        @Nullable String type,
        @Nullable String bizOpaqueCallbackData,
        @Nullable Conversation conversation,
        @Nullable Pricing pricing,
        List<PlatformError> errors) {

    public Status {
        errors = Lists.orEmpty(errors);
    }

    /**
     * The window that a message was sent in.
     *
     * @param id opaque
     * @param expirationTimestamp when it closes; only with {@code sent} (documented)
     * @param origin what opened it
     */
    public record Conversation(
            @Nullable String id,
            @Nullable Instant expirationTimestamp,
            @Nullable Origin origin) {}

    /**
     * What opened a window.
     *
     * @param type such as {@code service}, {@code marketing}, {@code utility}; open
     */
    public record Origin(@Nullable String type) {}

    /**
     * What a message costs.
     *
     * @param billable whether it costs anything; a string in group samples (documented)
     * @param pricingModel {@code PMP} by message, {@code CBP} by conversation, {@code NBP} older (documented)
     * @param type {@code regular}, {@code free_customer_service}, {@code free_entry_point}; open
     * @param category such as {@code service}, {@code marketing}, {@code authentication-international}; open
     */
    public record Pricing(
            @Nullable Boolean billable,
            @Nullable String pricingModel,
            @Nullable String type,
            @Nullable String category) {}

    /** Leaves the content out: it is personal data. */
    @Override
    public String toString() {
        return "Status[" + status + "]";
    }
}
