package dev.ackbox.security.certificate;

import dev.ackbox.security.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An element of {@code X-Forwarded-Client-Cert}: pairs of a key and a value, as one proxy wrote them. Values in quotes
 * are given without the quotes and with the backslashes that stand in them.
 *
 * <p>Elements end at a comma, pairs at a semicolon, both outside of quotes; in quotes a backslash goes with the
 * character behind it. Keys ignore letter case (documented: Envoy, "HTTP header manipulation").
 */
final class XfccElement {

    private static final Set<String> KEYS = Set.of("by", "hash", "cert", "chain", "subject", "uri", "dns");

    /** A certificate has several alternative names, each in a pair of its own. */
    private static final Set<String> REPEATABLE_KEYS = Set.of("by", "uri", "dns");

    private final Map<String, String> values;

    private XfccElement(Map<String, String> values) {
        this.values = values;
    }

    /**
     * What the element tells. Envoy escapes nothing when it puts a subject in quotes; it need not, since a subject in the form of
     * RFC 2253 has a backslash before each quote and each backslash of its own. So those backslashes belong to the subject.
     */
    Presented presented() throws RejectedException {
        String subject = values.get("subject");
        List<X509Certificate> leaf = Certificates.ofPem(Optional.ofNullable(values.get("cert")));
        List<X509Certificate> chain = Certificates.ofPem(Optional.ofNullable(values.get("chain")));
        if (!leaf.isEmpty() && !chain.isEmpty() && !leaf.get(0).equals(chain.get(0))) {
            throw new RejectedException(CertificateVerdict.CONTRADICTION);
        }
        chain = chain.isEmpty() ? leaf : chain;
        String hash = values.get("hash");
        if (hash != null && !chain.isEmpty() && !hash.equalsIgnoreCase(hash(chain.get(0)))) {
            throw new RejectedException(CertificateVerdict.CONTRADICTION);
        }
        return new Presented(false, subject == null ? null : Subject.commonName(subject), chain);
    }

    private static String hash(X509Certificate certificate) throws RejectedException {
        try {
            return HexFormat.of().formatHex(Sha256.begin().digest(certificate.getEncoded()));
        } catch (CertificateEncodingException ex) {
            throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
        }
    }

    /** All elements of one line. */
    static List<XfccElement> parse(String line) throws RejectedException {
        List<XfccElement> elements = new ArrayList<>();
        for (String element : split(line, ',')) {
            elements.add(parseElement(element.strip()));
        }
        return elements;
    }

    private static XfccElement parseElement(String element) throws RejectedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : split(element, ';')) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw malformed();
            }
            String key = pair.substring(0, equals).toLowerCase(Locale.ROOT);
            String value = unquoted(pair.substring(equals + 1));
            // What is not known may be a trick as well as news, and is told apart by nobody.
            if (!KEYS.contains(key) || (values.put(key, value) != null && !REPEATABLE_KEYS.contains(key))) {
                throw malformed();
            }
        }
        return new XfccElement(values);
    }

    private static String unquoted(String text) throws RejectedException {
        if (!text.startsWith("\"")) {
            if (text.indexOf('"') >= 0) {
                throw malformed();
            }
            return text;
        }
        if (endOfQuotes(text, 0) != text.length()) {
            throw malformed();
        }
        return text.substring(1, text.length() - 1);
    }

    private static List<String> split(String text, char separator) throws RejectedException {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int position = 0;
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == separator) {
                parts.add(text.substring(start, position));
                start = position + 1;
            }
            position = character == '"' ? endOfQuotes(text, position) : position + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The position behind the quote that closes the one at the start. */
    private static int endOfQuotes(String text, int start) throws RejectedException {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        throw malformed();
    }

    private static RejectedException malformed() {
        return new RejectedException(CertificateVerdict.MALFORMED_HEADER);
    }
}
