package dev.ackbox.model;

import org.jspecify.annotations.Nullable;

/** Something to be fetched from the platform. */
public sealed interface Media extends MessageContent permits Image, Video, Audio, Document, Sticker {

    /** What it is fetched by; always (documented). */
    @Nullable
    String id();

    /** Its media type; always (documented). */
    @Nullable
    String mimeType();

    /** Its digest in Base64; always (documented), hexadecimal in some samples (observed). */
    @Nullable
    String sha256();

    /** Where it is; short-lived, needs the access token; optional since late 2025 (documented). */
    @Nullable
    String url();
}
