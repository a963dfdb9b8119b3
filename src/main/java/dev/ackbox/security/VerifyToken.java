package dev.ackbox.security;

import java.security.MessageDigest;

/** The token that an operator chose when entering the URL, and that Meta sends back in its handshake. */
public final class VerifyToken {

    private final byte[] digest;

    public VerifyToken(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("'token' must not be empty");
        }
        this.digest = Sha256.of(token);
    }

    /** Compares digests, which are of one length, so that the time tells nothing about the token. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(digest, Sha256.of(candidate));
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "VerifyToken[***]";
    }
}
