package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user did with a marketing message. Which message that was is not said (documented).
 *
 * @param actionType what was done; always (documented)
 * @param timestamp when; always (documented)
 * @param marketingMessagesLinkClickData with a click on a link (documented)
 */
public record UserAction(
        OpenEnum<ActionType> actionType,
        @Nullable Instant timestamp,
        @Nullable LinkClick marketingMessagesLinkClickData) {

    /**
     * A click on a link.
     *
     * @param clickComponent on what; open (documented)
     * @param clickId optional (documented)
     * @param trackingToken optional (documented)
     * @param productId optional (documented)
     */
    public record LinkClick(
            @Nullable OpenEnum<Component> clickComponent,
            @Nullable String clickId,
            @Nullable String trackingToken,
            @Nullable String productId) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may be done with a marketing message (documented). */
    public enum ActionType implements OpenEnum<ActionType> {
        MARKETING_MESSAGES_LINK_CLICK,
        LANDING_PAGE_VIEW
    }

    /** What may be clicked on (documented). */
    public enum Component implements OpenEnum<Component> {
        CTA
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
