package dev.ackbox.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The token that an operator chose when entering the URL, and that the platform sends back in its handshake. */
public final class VerifyToken {

    private final byte[] digest;

    public VerifyToken(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("'token' must not be empty");
        }
        this.digest = digest(token);
    }

    /** Compares digests, which are of one length, so that the time tells nothing about the token. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest, digest(candidate));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", ex);
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "VerifyToken[***]";
    }
}
