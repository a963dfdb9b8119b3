package dev.ackbox.security;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where a sender puts its HMAC-SHA256 over the bytes of the body.
 *
 * @param header name of the header; case makes no difference
 * @param prefix what stands before the digest; may be empty
 * @param encoding how the digest is written
 */
public record SignatureScheme(String header, String prefix, Encoding encoding) {

    /** The platform's own (documented: Graph API webhooks, "Validating payloads"). */
    public static final SignatureScheme META = new SignatureScheme("X-Hub-Signature-256", "sha256=", Encoding.HEX);

    private static final int DIGEST_LENGTH = 32;

    /** How a digest is written. */
    public enum Encoding {
        /** 64 hexadecimal digits, in either case. */
        HEX(64, 64) {
            @Override
            byte[] decode(String text) {
                return HexFormat.of().parseHex(text);
            }

            @Override
            String encode(byte[] digest) {
                return HexFormat.of().formatHex(digest);
            }
        },
        /** 43 digits of Base64, with or without the padding. */
        BASE64(43, 44) {
            @Override
            byte[] decode(String text) {
                return Base64.getDecoder().decode(text);
            }

            @Override
            String encode(byte[] digest) {
                return Base64.getEncoder().encodeToString(digest);
            }
        };

        private final int shortest;
        private final int longest;

        Encoding(int shortest, int longest) {
            this.shortest = shortest;
            this.longest = longest;
        }

        /** @throws IllegalArgumentException if the text has other digits */
        abstract byte[] decode(String text);

        abstract String encode(byte[] digest);
    }

    /** Reads the header's values; empty where there is none, more than one, or one of another form. */
    public Optional<PayloadSignature> parse(List<String> values) {
        if (values.size() != 1 || !values.get(0).startsWith(prefix)) {
            return Optional.empty();
        }
        String digest = values.get(0).substring(prefix.length());
        boolean isOfLength = digest.length() >= encoding.shortest && digest.length() <= encoding.longest;
        return isOfLength ? decode(digest) : Optional.empty();
    }

    private Optional<PayloadSignature> decode(String digest) {
        try {
            byte[] bytes = encoding.decode(digest);
            return bytes.length == DIGEST_LENGTH ? Optional.of(new PayloadSignature(bytes)) : Optional.empty();
        } catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

    /** The header's value for a body. */
    public String sign(byte[] body, AppSecret secret) {
        return prefix + encoding.encode(secret.digest(body));
    }
}
