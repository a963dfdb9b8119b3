package dev.ackbox.model.templates;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.PlatformTime;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_template_status_update}: a template was approved, rejected, paused, disabled and
 * the like.
 *
 * @param id which template; always
 * @param name its name; always
 * @param language {@code en_US}, {@code en-US} or {@code de}; always
 * @param event what happened; always, but see the scores
 * @param reason why; null on approval, absent in older notifications (observed)
 * @param category what it is for; absent in older notifications
 * @param disableInfo with {@code DISABLED}
 * @param otherInfo with {@code PAUSED}, {@code LOCKED} and similar
 * @param rejectionInfo with {@code REJECTED} for {@code INVALID_FORMAT}
 */
public record TemplateStatusValue(
        @JsonProperty("message_template_id") Long id,
        @JsonProperty("message_template_name") String name,
        @JsonProperty("message_template_language") @Nullable String language,
        OpenEnum<Event> event,
        @Nullable OpenEnum<Reason> reason,
        @JsonProperty("message_template_category") @Nullable OpenEnum<TemplateCategory> category,
        @Nullable DisableInfo disableInfo,
        @Nullable OtherInfo otherInfo,
        @Nullable RejectionInfo rejectionInfo)
        implements TemplateValue {

    /**
     * When a template is or was disabled.
     *
     * @param disableDate seconds since 1970, in older notifications an English date (observed)
     */
    public record DisableInfo(@Nullable String disableDate) {

        /** The date as a time; absent where it is written in words. */
        public @Nullable Instant disableTime() {
            return disableDate == null ? null : PlatformTime.parse(disableDate);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * More on a pause or a lock.
     *
     * @param title which pause it is
     * @param description an English sentence
     */
    public record OtherInfo(
            @Nullable OpenEnum<PauseTitle> title, @Nullable String description) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Why a template was rejected, and what would help.
     *
     * @param reason an English sentence
     * @param recommendation an English sentence
     */
    public record RejectionInfo(
            @Nullable String reason, @Nullable String recommendation) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a template. */
    public enum Event implements OpenEnum<Event> {
        APPROVED,
        ARCHIVED,
        DELETED,
        DISABLED,
        FLAGGED,
        IN_APPEAL,
        LIMIT_EXCEEDED,
        LOCKED,
        PAUSED,
        PENDING,
        PENDING_DELETION,
        REINSTATED,
        REJECTED,
        UNARCHIVED
    }

    /** Why it may happen. */
    public enum Reason implements OpenEnum<Reason> {
        ABUSIVE_CONTENT,
        CATEGORY_NOT_AVAILABLE,
        INCORRECT_CATEGORY,
        INVALID_FORMAT,
        NONE,
        PROMOTIONAL,
        SCAM,
        TAG_CONTENT_MISMATCH
    }

    /** Which pause it may be. */
    public enum PauseTitle implements OpenEnum<PauseTitle> {
        FIRST_PAUSE,
        SECOND_PAUSE,
        RATE_LIMITING_PAUSE,
        UNPAUSE,
        DISABLED
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
