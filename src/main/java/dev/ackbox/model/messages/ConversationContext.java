package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * What was said before a thread was handed over (observed).
 *
 * @param type in which form it is told
 * @param summary the summary
 */
public record ConversationContext(
        @Nullable OpenEnum<Type> type, @Nullable Summary summary) {

    /**
     * What was said.
     *
     * @param text any text
     */
    public record Summary(@Nullable String text) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** In which form it may be told. */
    public enum Type implements OpenEnum<Type> {
        SUMMARY
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
