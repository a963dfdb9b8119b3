package dev.ackbox.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** In which form an endpoint's notifications come. */
public enum PayloadShape {
    /** With an envelope of entries and changes: what the platform sends. */
    CLOUD,
    /**
     * Without: {@code contacts}, {@code messages}, {@code statuses} and {@code errors} stand alone. What the On-Premises API
     * sent until October 2025, and what gateways and archives still send (documented).
     */
    ON_PREMISES;

    private static final String BEFORE =
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":";
    private static final String AFTER = "}]}]}";

    /** Enough to see the names at the root. */
    private static final int DEPTH = 1;

    /**
     * The body in the form that the platform sends: around one that comes without an envelope it is put, so that everything
     * behind this is the same for both. One that has an envelope, or is no object, is kept as it came.
     */
    public byte[] toCloud(byte[] body) {
        if (this == CLOUD) {
            return body;
        }
        @Nullable JsonSpan root = JsonSpan.parse(body, DEPTH);
        if (root == null || !root.isObject() || root.get("entry") != null) {
            return body;
        }
        ByteArrayOutputStream enveloped = new ByteArrayOutputStream(BEFORE.length() + root.length() + AFTER.length());
        enveloped.writeBytes(BEFORE.getBytes(StandardCharsets.US_ASCII));
        enveloped.write(body, root.start(), root.length());
        enveloped.writeBytes(AFTER.getBytes(StandardCharsets.US_ASCII));
        return enveloped.toByteArray();
    }
}
