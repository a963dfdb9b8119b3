package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A flow or an address form was filled in.
 *
 * @param name {@code flow}, {@code address_message} (documented), {@code galaxy_message} (observed)
 * @param body {@code Sent}, or the address in lines (documented)
 * @param responseJson what was filled in: a text, mostly with JSON in it, under the user's influence (documented); may
 *     be empty or anything else (observed)
 */
@ContentType("nfm_reply")
public record NfmReply(
        @Nullable String name,
        @Nullable String body,
        @Nullable String responseJson) implements InteractiveReply {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
