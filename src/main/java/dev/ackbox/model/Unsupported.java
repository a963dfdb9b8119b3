package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A message of a kind that the platform does not pass on; the message's errors say why.
 *
 * @param type what kind; optional, an open list (documented)
 */
@ContentType("unsupported")
public record Unsupported(@Nullable Word<Kind> type) implements MessageContent {

    /** What may not be passed on ({@code EDIT}, {@code POLL} and {@code BUTTON} documented, the others observed). */
    public enum Kind implements Word<Kind> {
        BUTTON,
        EDIT,
        ERRORS,
        GIF,
        GROUP_INVITE,
        HSM,
        IMAGE,
        INTERACTIVE,
        KEEP_IN_CHAT,
        LINK_PREVIEW,
        LIST,
        LOCATION,
        MEDIA_PLACEHOLDER,
        ORDER,
        PIN,
        POLL,
        POLL_CREATION,
        POLL_UPDATE,
        PRODUCT,
        REACTION
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
