package dev.ackbox.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a user chose in a message that offered choices; in echoes, the message that offers them.
 *
 * @param type what kind it is; always (documented)
 * @param reply stands in the property that is named after the type; absent in echoes, and where the platform leaves it
 *     out (documented)
 * @param header of an offer, as it was sent, open; only in echoes (documented)
 * @param body of an offer, as it was sent, open; only in echoes (documented)
 * @param footer of an offer, as it was sent, open; only in echoes (documented)
 * @param action of an offer, as it was sent, open; only in echoes (documented)
 */
@ContentType("interactive")
public record Interactive(
        @Nullable Word<InteractiveType> type,
        @Nullable InteractiveReply reply,
        @Nullable JsonNode header,
        @Nullable JsonNode body,
        @Nullable JsonNode footer,
        @Nullable JsonNode action)
        implements MessageContent {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
