package dev.ackbox.security;

import java.security.MessageDigest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A well-formed {@code X-Hub-Signature-256} header: exactly one, {@code sha256=} and 64 hexadecimal digits (documented;
 * the digits are lower case on the wire, upper case is accepted).
 */
public final class PayloadSignature {

    /** Name of the header. */
    public static final String HEADER = "X-Hub-Signature-256";

    static final String PREFIX = "sha256=";
    private static final int LENGTH = PREFIX.length() + 64;

    private final byte[] digest;

    private PayloadSignature(byte[] digest) {
        this.digest = digest;
    }

    /** Reads the header's values; empty where there is none, more than one, or one of another form. */
    public static Optional<PayloadSignature> parse(Enumeration<String> values) {
        List<String> headers = Collections.list(values);
        return headers.size() == 1 ? parse(headers.get(0)) : Optional.empty();
    }

    private static Optional<PayloadSignature> parse(String header) {
        if (header.length() != LENGTH
                || !header.startsWith(PREFIX)
                || !header.chars().skip(PREFIX.length()).allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new PayloadSignature(HexFormat.of().parseHex(header, PREFIX.length(), LENGTH)));
    }

    /**
     * Whether one of the secrets has signed exactly these bytes. Takes the same time wherever the first difference is,
     * and whichever secret it was.
     */
    public boolean isOf(byte[] body, List<AppSecret> secrets) {
        boolean genuine = false;
        for (AppSecret secret : secrets) {
            genuine |= MessageDigest.isEqual(digest, secret.digest(body));
        }
        return genuine;
    }
}
