package dev.ackbox.model.messages;

import dev.ackbox.model.ContentType;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.Redacted;
import org.jspecify.annotations.Nullable;

/**
 * A flow or an address form was filled in.
 *
 * @param name what was filled in; always (documented)
 * @param body {@code Sent}, or the address in lines (documented)
 * @param responseJson what was filled in: a text, mostly with JSON in it, under the user's influence (documented); may
 *     be empty or anything else (observed)
 */
@ContentType("nfm_reply")
public record FlowReply(
        @Nullable OpenEnum<Name> name,
        @Nullable String body,
        @Nullable String responseJson) implements Reply {

    /** What may be filled in (documented; the last one in older captures, observed). */
    public enum Name implements OpenEnum<Name> {
        FLOW,
        ADDRESS_MESSAGE,
        GALAXY_MESSAGE
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
