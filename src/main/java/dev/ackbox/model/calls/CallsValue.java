package dev.ackbox.model.calls;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code calls}: a call with a user, or how one stands. Holds a single one of these when it reaches
 * a handler; errors beside a single call are about that call.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always, without the number for display in some samples
 * @param contacts the user; absent for recordings and transcripts
 * @param calls what happened to a call; optional
 * @param statuses how a call that the business makes stands; optional
 * @param errors why a call failed, codes 138019 to 138023 with its end; optional
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
     * @param id {@code wacid.} and Base64, which holds the user's phone number; always
     * @param event what happened; always
     * @param timestamp when; always, a number in test notifications (observed)
     * @param direction who calls; optional
     * @param from who calls, digits; absent where the number may not be shared
     * @param fromUserId business-scoped id of who calls; optional
     * @param fromParentUserId the same for linked portfolios; optional
     * @param to who is called, digits; absent where the number may not be shared
     * @param toUserId business-scoped id of who is called; optional
     * @param toParentUserId the same for linked portfolios; optional
     * @param session the media's description; with {@code connect}
     * @param connection older form of the session; optional
     * @param status what it came to; with {@code terminate}, in upper or mixed case
     * @param startTime when it was taken; with {@code terminate}, absent where it was not
     * @param endTime when it ended; with {@code terminate}, absent where it was not taken
     * @param duration seconds; with {@code terminate}, absent where it was not taken
     * @param bizOpaqueCallbackData what the business attached; optional, misspelled on one page
     * @param deeplinkPayload the link with which the user began; optional
     * @param ctaPayload the button with which the user began; optional
     * @param callRecording with {@code call_recording_available}
     * @param callTranscript with {@code call_transcription_available}
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Description of a call's media.
     *
     * @param sdpType offer or answer; always
     * @param sdp the description, lines end in CR and LF; always
     */
    public record Session(
            @Nullable OpenEnum<SdpType> sdpType, @Nullable String sdp) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Older form of a session.
     *
     * @param webrtc the description
     */
    public record Connection(@Nullable Webrtc webrtc) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Older form of a session's description.
     *
     * @param sdp a text with JSON in it
     */
    public record Webrtc(@Nullable String sdp) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A recording that can be fetched.
     *
     * @param type what it is; always
     * @param audio what it is fetched by; always
     */
    public record Recording(@Nullable OpenEnum<RecordingType> type, Content.@Nullable Audio audio) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A transcript that can be fetched.
     *
     * @param document what it is fetched by, {@code application/json}; always
     */
    public record Transcript(Content.@Nullable Document document) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * How a call that the business makes stands.
     *
     * @param id which call; always
     * @param type {@code call}; always
     * @param status how it stands; always
     * @param timestamp when; always
     * @param recipientId who is called, digits; absent where the number may not be shared
     * @param recipientUserId business-scoped id of who is called; optional
     * @param recipientParentUserId the same for linked portfolios; optional
     * @param bizOpaqueCallbackData what the business attached; optional
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

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a call. */
    public enum Event implements OpenEnum<Event> {
        CONNECT,
        TERMINATE,
        CALL_CREATED,
        CALL_RECORDING_AVAILABLE,
        CALL_TRANSCRIPTION_AVAILABLE
    }

    /** Who may call. */
    public enum Direction implements OpenEnum<Direction> {
        BUSINESS_INITIATED,
        USER_INITIATED
    }

    /** What a call may come to. */
    public enum Outcome implements OpenEnum<Outcome> {
        COMPLETED,
        FAILED
    }

    /** How a call may stand. */
    public enum CallState implements OpenEnum<CallState> {
        RINGING,
        ACCEPTED,
        REJECTED
    }

    /** What a description may be. */
    public enum SdpType implements OpenEnum<SdpType> {
        OFFER,
        ANSWER
    }

    /** What a recording may be. */
    public enum RecordingType implements OpenEnum<RecordingType> {
        AUDIO
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
