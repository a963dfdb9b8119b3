package dev.ackbox.security;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a Meta app, which signs every notification of that app with HMAC-SHA256 over the bytes of the body
 * (documented: Graph API webhooks, "Validating payloads"). Safe for use by several threads.
 */
public final class AppSecret {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prepared;

    public AppSecret(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("'secret' must not be empty");
        }
        this.prepared = prepare(secret);
    }

    private static Mac prepare(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException ex) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java runtime", ex);
        }
    }

    /** The value of Meta's signature header for a body: {@code sha256=} and 64 hexadecimal digits. */
    public String sign(byte[] body) {
        return SignatureScheme.META.sign(body, this);
    }

    byte[] digest(byte[] body) {
        try {
            // Cheaper than looking the algorithm up, and a Mac itself serves one thread at a time.
            return ((Mac) prepared.clone()).doFinal(body);
        } catch (CloneNotSupportedException ex) {
            throw new IllegalStateException("The runtime's own " + ALGORITHM + " can be cloned", ex);
        }
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "AppSecret[***]";
    }
}
