package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * What was said before a thread was handed over (documented, observed).
 *
 * @param type in which form it is told (documented)
 * @param summary the summary (documented)
 */
public record ConversationContext(
        @Nullable OpenEnum<Type> type, @Nullable Summary summary) {

    /**
     * What was said.
     *
     * @param text any text (documented)
     */
    public record Summary(@Nullable String text) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** In which form it may be told (documented). */
    public enum Type implements OpenEnum<Type> {
        SUMMARY
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
