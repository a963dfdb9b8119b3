package dev.ackbox.security;

import java.security.MessageDigest;
import java.util.Optional;

/** What a well-formed signature header claims of the body. */
public final class PayloadSignature {

    private final byte[] digest;

    /** @param digest the HMAC-SHA256 that the sender claims */
    PayloadSignature(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Which of the secrets has signed exactly these bytes. Takes the same time wherever the first difference is.
     *
     * @return the secret's id; empty where it was none of them
     */
    public Optional<String> signedBy(byte[] body, SecretList<AppSecret> secrets) {
        return secrets.idOf(secret -> isOf(body, secret));
    }

    boolean isOf(byte[] body, AppSecret secret) {
        return MessageDigest.isEqual(digest, secret.digest(body));
    }
}
