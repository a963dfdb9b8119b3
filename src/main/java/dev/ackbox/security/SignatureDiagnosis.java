package dev.ackbox.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Finds out why the signature of a notification is wrong although its sender may be Meta: tries the changes that proxies commonly
 * make. A diagnosis takes some twenty digests of the body and at most {@link #MEMORY_PER_BYTE} bytes of memory for each byte of it,
 * so take samples. Tells the sender nothing. Safe for use by several threads.
 */
public final class SignatureDiagnosis {

    /** The memory that {@link #ofBody} takes at most for each byte of a body that is looked into, in bytes. */
    public static final int MEMORY_PER_BYTE = 144;

    /** Larger bodies are not looked into: nearly all notifications have 1 to 2 KB. */
    static final int LARGEST_BODY = 64 * 1024;

    /** A digest, somewhere in the header. */
    private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{64}");

    /** With SHA-1. */
    private static final String OLDER_HEADER = "X-Hub-Signature";

    private static final JsonFactory COMPACT = new JsonFactory();
    private static final JsonFactory ESCAPED =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** What may be wrong. */
    public enum Reason {
        /** There is no signature header at all. */
        HEADER_MISSING(false, "the header X-Hub-Signature-256 is missing"),
        /** The header has a digest in it, but not in the form that Meta sends. */
        HEADER_MANGLED(true, "something between Meta and Ackbox changes the header X-Hub-Signature-256"),
        /** Only the older header with SHA-1 is there. */
        SHA1_ONLY(true, "the sender signs with the older header X-Hub-Signature only; X-Hub-Signature-256 counts"),
        /** It is signed with a secret of another endpoint. */
        SECRET_OF_ANOTHER_ENDPOINT(
                true,
                "it is signed with the secret of another endpoint. Correct the URL in that app, or the secret here"),
        /** It is signed with a secret that the endpoint had before. */
        SECRET_RETIRED(
                true,
                "it is signed with a secret that was removed. Keep the previous secret for 7 days after a change"),
        /** A notification, as far as one can see, but signed with a secret that nobody knows here. */
        SECRET_UNKNOWN(
                true,
                "it is well formed, but signed with a secret that is not configured here: a second app, or a typo?"),
        /** The body was unpacked, or packed, on the way. */
        BODY_COMPRESSED(true, "something between Meta and Ackbox compresses the body; pass it on byte for byte"),
        /** The body was parsed and written anew on the way. */
        BODY_RESERIALISED(
                true, "something between Meta and Ackbox parses the JSON and writes it anew; pass it on byte for byte"),
        /** Characters of the body were escaped, or no longer are. */
        BODY_REENCODED(
                true,
                "something between Meta and Ackbox changes how characters are written; pass the body on byte for byte"),
        /** White space or a byte-order mark was added or taken away at an end of the body. */
        BODY_TRIMMED(
                true, "something between Meta and Ackbox adds or removes white space; pass the body on byte for byte"),
        /** The body is the Base64 of a notification. */
        BODY_BASE64(true, "the body arrives as Base64. Decode it in the gateway before you pass it on"),
        /** The body is a gateway's event that holds the notification. */
        BODY_IN_EVENT(
                true, "the body arrives inside a gateway's event. Pass on the event's body, decoded, with its headers"),
        /** The body is a form that holds the notification. */
        BODY_AS_FORM(true, "the notification arrives as a form. Pass on the body that Meta sent"),
        /** None of these, or a body of more than 64 KB: most likely somebody who does not know a secret. */
        UNKNOWN(false, "most likely not from Meta");

        private final boolean mayBeMeta;
        private final String meaning;

        Reason(boolean mayBeMeta, String meaning) {
            this.mayBeMeta = mayBeMeta;
            this.meaning = meaning;
        }

        /** As it stands in metrics and logs. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether somebody should look into it; otherwise it is what anybody on the internet may send. */
        public boolean mayBeMeta() {
            return mayBeMeta;
        }

        /** What is wrong and what to do, as the end of a sentence. */
        public String meaning() {
            return meaning;
        }
    }

    private final Map<String, SecretList<AppSecret>> secrets;
    private final Wrapping wrapping;

    /**
     * Knows the secrets and what notifications look like.
     *
     * @param secrets of each endpoint that is signed as Meta does, by the endpoint's name
     * @param objects what a notification may be about, by the names that Meta gives it
     */
    public SignatureDiagnosis(Map<String, SecretList<AppSecret>> secrets, Set<String> objects) {
        this.secrets = Map.copyOf(secrets);
        this.wrapping = new Wrapping(objects);
    }

    /**
     * Says why a request was rejected by its headers.
     *
     * @param headers the values of each header by its name
     * @param start what is there of the body; may be empty
     */
    public Reason ofHeaders(Function<String, List<String>> headers, byte[] start) {
        Reason wrapped = wrapping.of(start);
        if (wrapped != null) {
            return wrapped;
        }
        List<String> values = headers.apply(SignatureScheme.META.header());
        if (values.isEmpty()) {
            return headers.apply(OLDER_HEADER).isEmpty() ? Reason.HEADER_MISSING : Reason.SHA1_ONLY;
        }
        return DIGEST.matcher(String.join(",", values)).find() ? Reason.HEADER_MANGLED : Reason.UNKNOWN;
    }

    /**
     * Says why a body was rejected whose header is well formed.
     *
     * @param endpoint where it came; one of those that the secrets are known of
     * @param header the header's value
     */
    public Reason ofBody(String endpoint, String header, byte[] body) {
        SecretList<AppSecret> own = secrets.get(endpoint);
        PayloadSignature signature = SignatureScheme.META.parse(List.of(header)).orElse(null);
        if (own == null || signature == null || !isSmall(body)) {
            return Reason.UNKNOWN;
        }
        if (secrets.values().stream()
                .anyMatch(others -> signature.signedBy(body, others).isPresent())) {
            return Reason.SECRET_OF_ANOTHER_ENDPOINT;
        }
        if (own.wasOneOf(secret -> signature.isOf(body, secret))) {
            return Reason.SECRET_RETIRED;
        }
        Reason wrapped = wrapping.of(body);
        return wrapped == null
                ? ofBody(body, changed -> signature.signedBy(changed, own).isPresent())
                : wrapped;
    }

    /** Whether a body is looked into at all. */
    public static boolean isSmall(byte[] body) {
        return body.length <= LARGEST_BODY;
    }

    private Reason ofBody(byte[] body, Predicate<byte[]> isGenuine) {
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
        if (serialisations(body).map(SignatureDiagnosis::bytes).anyMatch(isGenuine)) {
            return Reason.BODY_RESERIALISED;
        }
        return wrapping.isNotification(text) ? Reason.SECRET_UNKNOWN : Reason.UNKNOWN;
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
            return zipped.readNBytes(LARGEST_BODY);
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
                escaped.append("\\u").append(HexFormat.of().toHexDigits(each));
            }
        }
        return escaped.toString();
    }

    /** What a sender that writes JSON without blanks would have sent. */
    private static Stream<String> serialisations(byte[] body) {
        return Stream.concat(
                rewritten(COMPACT, body).stream().flatMap(SignatureDiagnosis::encodings),
                rewritten(ESCAPED, body).stream());
    }

    /** Copies token by token: a tree of many small objects would take a hundred times the memory of their text. */
    private static Optional<String> rewritten(JsonFactory format, byte[] body) {
        StringWriter text = new StringWriter(body.length);
        try (JsonParser in = format.createParser(ObjectReadContext.empty(), body);
                JsonGenerator out = format.createGenerator(ObjectWriteContext.empty(), text)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token.isNumeric()) {
                    out.writeNumber(in.getString()); // digit for digit
                } else {
                    out.copyCurrentEvent(in);
                }
            }
        } catch (JacksonException ex) {
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
