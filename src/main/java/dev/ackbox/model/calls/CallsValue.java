package dev.ackbox.model.calls;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.Contact;
import dev.ackbox.model.Lists;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code calls}: a call with a user, or how one stands. Holds a single one of these when it reaches
 * a handler; errors beside a single call are about that call.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; always, without the number for display in some samples
 *     (documented)
 * @param contacts the user; absent for recordings and transcripts (documented)
 * @param calls what happened to a call; optional (documented)
 * @param statuses how a call that the business makes stands; optional (documented)
 * @param errors why a call failed, codes 138019 to 138023 with its end; optional (documented)
 */
public record CallsValue(
        @Nullable String messagingProduct,
        Metadata metadata,
        List<Contact> contacts,
        List<Call> calls,
        List<CallStatus> statuses,
        List<PlatformError> errors)
        implements Value {

    public CallsValue {
        contacts = Lists.orEmpty(contacts);
        calls = Lists.orEmpty(calls);
        statuses = Lists.orEmpty(statuses);
        errors = Lists.orEmpty(errors);
    }

    /**
     * What happened to a call.
     *
     * @param id {@code wacid.} and Base64, which holds the user's phone number; always (documented)
     * @param event what happened; always (documented)
     * @param timestamp when; always (documented), a number in test notifications (observed)
     * @param direction who calls; optional (documented)
     * @param from who calls, digits; absent where the number may not be shared (documented)
     * @param fromUserId business-scoped id of who calls; optional (documented)
     * @param fromParentUserId the same for linked portfolios; optional (documented)
     * @param to who is called, digits; absent where the number may not be shared (documented)
     * @param toUserId business-scoped id of who is called; optional (documented)
     * @param toParentUserId the same for linked portfolios; optional (documented)
     * @param session the media's description; with {@code connect} (documented)
     * @param connection older form of the session; optional (documented)
     * @param status what it came to; with {@code terminate}, in upper or mixed case (documented)
     * @param startTime when it was taken; with {@code terminate}, absent where it was not (documented)
     * @param endTime when it ended; with {@code terminate}, absent where it was not taken (documented)
     * @param duration seconds; with {@code terminate}, absent where it was not taken (documented)
     * @param bizOpaqueCallbackData what the business attached; optional, misspelled on one page (documented)
     * @param deeplinkPayload the link with which the user began; optional (documented)
     * @param ctaPayload the button with which the user began; optional (documented)
     * @param callRecording with {@code call_recording_available} (documented)
     * @param callTranscript with {@code call_transcription_available} (documented)
     * @param errors why it failed; optional (observed)
     */
    public record Call(
            String id,
            OpenEnum<Event> event,
            @Nullable Instant timestamp,
            @Nullable OpenEnum<Direction> direction,
            @Nullable String from,
            @Nullable String fromUserId,
            @Nullable String fromParentUserId,
            @Nullable String to,
            @Nullable String toUserId,
            @Nullable String toParentUserId,
            @Nullable Session session,
            @Nullable Connection connection,
            @Nullable OpenEnum<Outcome> status,
            @Nullable Instant startTime,
            @Nullable Instant endTime,
            @Nullable Integer duration,
            @JsonAlias("biz_opaque_callback_date") @Nullable String bizOpaqueCallbackData,
            @Nullable String deeplinkPayload,
            @Nullable String ctaPayload,
            @Nullable Recording callRecording,
            @Nullable Transcript callTranscript,
            List<PlatformError> errors) {

        public Call {
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Description of a call's media.
     *
     * @param sdpType offer or answer; always (documented)
     * @param sdp the description, lines end in CR and LF; always (documented)
     */
    public record Session(
            @Nullable OpenEnum<SdpType> sdpType, @Nullable String sdp) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Older form of a session.
     *
     * @param webrtc the description (documented)
     */
    public record Connection(@Nullable Webrtc webrtc) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Older form of a session's description.
     *
     * @param sdp a text with JSON in it (documented)
     */
    public record Webrtc(@Nullable String sdp) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A recording that can be fetched.
     *
     * @param type what it is; always (documented)
     * @param audio what it is fetched by; always (documented)
     */
    public record Recording(@Nullable OpenEnum<RecordingType> type, Content.@Nullable Audio audio) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A transcript that can be fetched.
     *
     * @param document what it is fetched by, {@code application/json}; always (documented)
     */
    public record Transcript(Content.@Nullable Document document) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How a call that the business makes stands.
     *
     * @param id which call; always (documented)
     * @param type {@code call}; always (documented)
     * @param status how it stands; always (documented)
     * @param timestamp when; always (documented)
     * @param recipientId who is called, digits; absent where the number may not be shared (documented)
     * @param recipientUserId business-scoped id of who is called; optional (documented)
     * @param recipientParentUserId the same for linked portfolios; optional (documented)
     * @param bizOpaqueCallbackData what the business attached; optional (documented)
     * @param errors why it failed; optional (observed)
     */
    public record CallStatus(
            String id,
            @Nullable OpenEnum<Status.Type> type,
            OpenEnum<CallState> status,
            @Nullable Instant timestamp,
            @Nullable String recipientId,
            @Nullable String recipientUserId,
            @Nullable String recipientParentUserId,
            @JsonAlias("biz_opaque_callback_date") @Nullable String bizOpaqueCallbackData,
            List<PlatformError> errors) {

        public CallStatus {
            errors = Lists.orEmpty(errors);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a call (documented). */
    public enum Event implements OpenEnum<Event> {
        CONNECT,
        TERMINATE,
        CALL_CREATED,
        CALL_RECORDING_AVAILABLE,
        CALL_TRANSCRIPTION_AVAILABLE
    }

    /** Who may call (documented). */
    public enum Direction implements OpenEnum<Direction> {
        BUSINESS_INITIATED,
        USER_INITIATED
    }

    /** What a call may come to (documented). */
    public enum Outcome implements OpenEnum<Outcome> {
        COMPLETED,
        FAILED
    }

    /** How a call may stand (documented). */
    public enum CallState implements OpenEnum<CallState> {
        RINGING,
        ACCEPTED,
        REJECTED
    }

    /** What a description may be (documented). */
    public enum SdpType implements OpenEnum<SdpType> {
        OFFER,
        ANSWER
    }

    /** What a recording may be (documented). */
    public enum RecordingType implements OpenEnum<RecordingType> {
        AUDIO
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
