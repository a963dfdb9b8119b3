package dev.ackbox.security;

import java.util.HexFormat;

/** Shows which secret is configured without showing the secret. */
public final class SecretDigest {

    /** Enough to compare, far too few to find the secret. */
    private static final int BYTES = 4;

    private SecretDigest() {}

    /** The first eight hexadecimal digits of the SHA-256 digest, as {@code printf %s "$ACKBOX_APP_SECRET" | sha256sum} prints them. */
    public static String of(String secret) {
        return HexFormat.of().formatHex(Sha256.of(secret), 0, BYTES);
    }
}
