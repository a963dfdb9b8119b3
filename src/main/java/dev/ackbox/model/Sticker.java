package dev.ackbox.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A sticker.
 *
 * @param id what it is fetched by; always (documented)
 * @param mimeType {@code image/webp}; always (documented)
 * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
 * @param animated whether it moves; always (documented)
 * @param url short-lived, needs the access token; optional since late 2025 (documented)
 * @param file path on the server: On-Premises API only (documented)
 * @param link On-Premises API only (inferred)
 * @param metadata of the sticker's pack, open: On-Premises API only (inferred)
 */
@ContentType("sticker")
public record Sticker(
        @Nullable String id,
        @Nullable String mimeType,
        @Nullable String sha256,
        @Nullable Boolean animated,
        @Nullable String url,
        @Nullable String file,
        @Nullable String link,
        @Nullable JsonNode metadata)
        implements Media {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
