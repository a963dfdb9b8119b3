package dev.ackbox.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Shows which secret is configured without showing the secret. */
public final class SecretDigest {

    /** Enough to compare, far too few to find the secret. */
    private static final int BYTES = 4;

    private SecretDigest() {}

    /** The first eight hexadecimal digits of the SHA-256 digest, as {@code printf %s "$ACKBOX_APP_SECRET" | sha256sum} prints them. */
    public static String of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", ex);
        }
    }
}
