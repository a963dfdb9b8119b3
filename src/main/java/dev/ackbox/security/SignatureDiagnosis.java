package dev.ackbox.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds out why a notification is not genuine that its sender may believe to be: tries what commonly goes wrong on the way.
 * Costs many digests and a parse, so it is for samples and off the way of requests. Says nothing to the sender. Safe for use
 * by several threads.
 */
public final class SignatureDiagnosis {

    /** A digest, somewhere in the header. */
    private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{64}");

    /** With SHA-1. */
    private static final String OLDER_HEADER = "X-Hub-Signature";

    private static final int LARGEST_UNZIPPED = 8 * 1024 * 1024;

    private static final JsonMapper COMPACT = new JsonMapper();
    private static final JsonMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** What may be wrong. */
    public enum Reason {
        /** There is no signature header at all. */
        HEADER_MISSING,
        /** The header has a digest in it, but not in the form that the platform sends. */
        HEADER_MANGLED,
        /** Only the older header with SHA-1 is there. */
        SHA1_ONLY,
        /** It is signed with a secret of another endpoint. */
        SECRET_OF_ANOTHER_ENDPOINT,
        /** It is signed with a secret that the endpoint had before. */
        SECRET_RETIRED,
        /** The body was unpacked, or packed, on the way. */
        BODY_COMPRESSED,
        /** The body was parsed and written anew on the way. */
        BODY_RESERIALISED,
        /** Characters of the body were escaped, or no longer are. */
        BODY_REENCODED,
        /** White space or a byte-order mark was added or taken away at an end of the body. */
        BODY_TRIMMED,
        /** None of these: most likely somebody who does not know a secret. */
        UNKNOWN;

        /** As it stands in metrics and logs. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, SecretList<AppSecret>> secrets;

    /** @param secrets of each endpoint that is signed as the platform does, by the endpoint's name */
    public SignatureDiagnosis(Map<String, SecretList<AppSecret>> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /**
     * Says why a request was refused by its headers alone.
     *
     * @param headers the values of each header by its name
     */
    public Reason ofHeaders(Function<String, List<String>> headers) {
        List<String> values = headers.apply(SignatureScheme.META.header());
        if (values.isEmpty()) {
            return headers.apply(OLDER_HEADER).isEmpty() ? Reason.HEADER_MISSING : Reason.SHA1_ONLY;
        }
        return DIGEST.matcher(String.join(",", values)).find() ? Reason.HEADER_MANGLED : Reason.UNKNOWN;
    }

    /**
     * Says why a body was refused whose header is well formed.
     *
     * @param endpoint where it came; one of those that the secrets are known of
     * @param header the header's value
     */
    public Reason ofBody(String endpoint, String header, byte[] body) {
        SecretList<AppSecret> own = secrets.get(endpoint);
        PayloadSignature signature = SignatureScheme.META.parse(List.of(header)).orElse(null);
        if (own == null || signature == null) {
            return Reason.UNKNOWN;
        }
        if (secrets.values().stream()
                .anyMatch(others -> signature.signedBy(body, others).isPresent())) {
            return Reason.SECRET_OF_ANOTHER_ENDPOINT;
        }
        if (own.wasOneOf(secret -> signature.isOf(body, secret))) {
            return Reason.SECRET_RETIRED;
        }
        return ofBody(body, changed -> signature.signedBy(changed, own).isPresent());
    }

    private static Reason ofBody(byte[] body, Predicate<byte[]> isGenuine) {
        if (trimmings(body).anyMatch(isGenuine)) {
            return Reason.BODY_TRIMMED;
        }
        byte[] unzipped = unzip(body);
        if (unzipped != null && isGenuine.test(unzipped)) {
            return Reason.BODY_COMPRESSED;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (encodings(text).map(SignatureDiagnosis::bytes).anyMatch(isGenuine)) {
            return Reason.BODY_REENCODED;
        }
        return serialisations(body).map(SignatureDiagnosis::bytes).anyMatch(isGenuine)
                ? Reason.BODY_RESERIALISED
                : Reason.UNKNOWN;
    }

    private static Stream<byte[]> trimmings(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return Stream.of(
                        text.strip(),
                        text + "\n",
                        text + "\r\n",
                        text.replace("\uFEFF", ""),
                        text.replace("\r\n", "\n"))
                .map(SignatureDiagnosis::bytes);
    }

    private static byte @Nullable [] unzip(byte[] body) {
        try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return zipped.readNBytes(LARGEST_UNZIPPED);
        } catch (IOException ex) {
            return null;
        }
    }

    /** The text with other escapes, and otherwise as it is. */
    private static Stream<String> encodings(String text) {
        String ascii = escapeNonAscii(text);
        return Stream.of(text, ascii)
                .flatMap(form -> Stream.of(form, form.replace("/", "\\/"), form.replace("\\/", "/")));
    }

    private static String escapeNonAscii(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < 0x80) {
                escaped.append(each);
            } else {
                escaped.append(String.format("\\u%04x", (int) each));
            }
        }
        return escaped.toString();
    }

    /** What a sender that writes JSON without blanks would have sent. */
    private static Stream<String> serialisations(byte[] body) {
        try {
            JsonNode json = COMPACT.readTree(body);
            String compact = COMPACT.writeValueAsString(json);
            return Stream.concat(encodings(compact), Stream.of(ESCAPED.writeValueAsString(json)));
        } catch (JacksonException ex) {
            return Stream.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
