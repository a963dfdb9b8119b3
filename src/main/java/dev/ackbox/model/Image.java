package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/**
 * A picture.
 *
 * @param id what it is fetched by; always (documented)
 * @param mimeType always (documented)
 * @param sha256 Base64; always (documented), hexadecimal in some samples (observed)
 * @param caption optional (documented)
 * @param url short-lived, needs the access token; optional since late 2025 (documented)
 * @param file path on the server: On-Premises API only (documented)
 * @param link On-Premises API only (inferred)
 */
@ContentType("image")
public record Image(
        @Nullable String id,
        @Nullable String mimeType,
        @Nullable String sha256,
        @Nullable String caption,
        @Nullable String url,
        @Nullable String file,
        @Nullable String link)
        implements Media {

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
