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
 * Value of the field {@code group_participants_update}: users joined or left a group, or ask to. Holds a single change
 * when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param groups what happened; always
 */
public record GroupParticipantsValue(
        @Nullable String messagingProduct, Metadata metadata, List<GroupParticipants> groups) implements GroupsValue {

    public GroupParticipantsValue {
        groups = Lists.orEmpty(groups);
    }

    /**
     * Users joined or left a group, or ask to.
     *
     * @param timestamp when; always, a number in one sample
     * @param groupId which group; always
     * @param type what happened; always
     * @param requestId the business's own request that led to it; optional
     * @param reason how users joined; optional
     * @param initiatedBy who removed them; with a removal
     * @param addedParticipants who joined; optional
     * @param removedParticipants who left; optional
     * @param failedParticipants who could not be removed; optional
     * @param joinRequestId which request to join; with requests
     * @param waId who asks, WhatsApp id; with requests, optional
     * @param userId who asks, business-scoped id; with requests, optional
     * @param parentUserId the same for linked portfolios; optional
     * @param username who asks; optional
     * @param countryCode ISO 3166 alpha-2; optional, since 2026 (observed)
     * @param errors why it failed; optional
     */
    public record GroupParticipants(
            @Nullable Instant timestamp,
            String groupId,
            OpenEnum<Type> type,
            @Nullable String requestId,
            @Nullable OpenEnum<Reason> reason,
            @Nullable OpenEnum<Initiator> initiatedBy,
            List<Participant> addedParticipants,
            List<Participant> removedParticipants,
            List<Participant> failedParticipants,
            @Nullable String joinRequestId,
            @Nullable String waId,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username,
            @Nullable String countryCode,
            List<PlatformError> errors)
            implements GroupChange {

        public GroupParticipants {
            addedParticipants = Lists.orEmpty(addedParticipants);
            removedParticipants = Lists.orEmpty(removedParticipants);
            failedParticipants = Lists.orEmpty(failedParticipants);
            errors = Lists.orEmpty(errors);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A user in a group.
     *
     * @param input as the business named the user; optional
     * @param waId WhatsApp id; optional
     * @param userId business-scoped id; optional
     * @param parentUserId the same for linked portfolios; optional
     * @param username optional
     * @param countryCode ISO 3166 alpha-2; optional, since 2026 (observed)
     * @param errors why it failed; optional
     */
    public record Participant(
            @Nullable String input,
            @Nullable String waId,
            @Nullable String userId,
            @Nullable String parentUserId,
            @Nullable String username,
            @Nullable String countryCode,
            List<PlatformError> errors) {

        public Participant {
            errors = Lists.orEmpty(errors);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to participants (documented; the last two in another description of the platform). */
    public enum Type implements OpenEnum<Type> {
        GROUP_PARTICIPANTS_ADD,
        GROUP_PARTICIPANTS_REMOVE,
        GROUP_JOIN_REQUEST_CREATED,
        GROUP_JOIN_REQUEST_REVOKED,
        GROUP_ADD_PARTICIPANTS,
        GROUP_REMOVE_PARTICIPANTS
    }

    /** How users may join. */
    public enum Reason implements OpenEnum<Reason> {
        INVITE_LINK
    }

    /** Who may remove participants. */
    public enum Initiator implements OpenEnum<Initiator> {
        BUSINESS,
        PARTICIPANT
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
