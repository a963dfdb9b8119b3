package dev.ackbox.model.templates;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.PlatformTime;
import dev.ackbox.model.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_template_status_update}: a template was approved, rejected, paused, disabled and
 * the like.
 *
 * @param messageTemplateId which template; always (documented)
 * @param messageTemplateName its name; always (documented)
 * @param messageTemplateLanguage {@code en_US}, {@code en-US} or {@code de}; always (documented)
 * @param event what happened; always, but see the scores (documented)
 * @param reason why; null on approval (documented), absent in older notifications (observed)
 * @param messageTemplateCategory what it is for; absent in older notifications (documented)
 * @param disableInfo with {@code DISABLED} (documented)
 * @param otherInfo with {@code PAUSED}, {@code LOCKED} and similar (documented)
 * @param rejectionInfo with {@code REJECTED} for {@code INVALID_FORMAT} (documented)
 */
public record TemplateStatusValue(
        Long messageTemplateId,
        String messageTemplateName,
        @Nullable String messageTemplateLanguage,
        OpenEnum<Event> event,
        @Nullable OpenEnum<Reason> reason,
        @Nullable OpenEnum<TemplateCategory> messageTemplateCategory,
        @Nullable DisableInfo disableInfo,
        @Nullable OtherInfo otherInfo,
        @Nullable RejectionInfo rejectionInfo)
        implements TemplateValue {

    /**
     * When a template is or was disabled.
     *
     * @param disableDate seconds since 1970 (documented), in older notifications an English date (observed)
     */
    public record DisableInfo(@Nullable String disableDate) {

        /** The date as a time; absent where it is written in words. */
        public @Nullable Instant disableTime() {
            return disableDate == null ? null : PlatformTime.parse(disableDate);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * More on a pause or a lock.
     *
     * @param title which pause it is (documented)
     * @param description an English sentence (documented)
     */
    public record OtherInfo(
            @Nullable OpenEnum<PauseTitle> title, @Nullable String description) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * Why a template was rejected, and what would help.
     *
     * @param reason an English sentence (documented)
     * @param recommendation an English sentence (documented)
     */
    public record RejectionInfo(
            @Nullable String reason, @Nullable String recommendation) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may happen to a template (documented). */
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

    /** Why it may happen (documented). */
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

    /** Which pause it may be (documented). */
    public enum PauseTitle implements OpenEnum<PauseTitle> {
        FIRST_PAUSE,
        SECOND_PAUSE,
        RATE_LIMITING_PAUSE,
        UNPAUSE,
        DISABLED
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
