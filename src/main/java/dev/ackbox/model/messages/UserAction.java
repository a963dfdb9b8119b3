package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user did with a marketing message. Which message that was is not said.
 *
 * @param actionType what was done; always
 * @param timestamp when; always
 * @param marketingMessagesLinkClickData with a click on a link
 */
public record UserAction(
        OpenEnum<ActionType> actionType,
        @Nullable Instant timestamp,
        @Nullable LinkClick marketingMessagesLinkClickData) {

    /**
     * A click on a link.
     *
     * @param clickComponent on what; open
     * @param clickId optional
     * @param trackingToken optional
     * @param productId optional
     * @param clientUserAgent the browser, as it names itself; optional
     */
    public record LinkClick(
            @Nullable OpenEnum<Component> clickComponent,
            @Nullable String clickId,
            @Nullable String trackingToken,
            @Nullable String productId,
            @Nullable String clientUserAgent) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** What may be done with a marketing message. */
    public enum ActionType implements OpenEnum<ActionType> {
        MARKETING_MESSAGES_LINK_CLICK,
        LANDING_PAGE_VIEW
    }

    /** What may be clicked on. */
    public enum Component implements OpenEnum<Component> {
        CTA,
        BODY
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
