package dev.ackbox.security.certificate;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/** Reads certificates in the forms in which proxies forward them. */
final class Certificates {

    /** The platform sends two; more than this is work for nothing. */
    static final int MAX_CHAIN = 10;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");

    private Certificates() {}

    /** URL-encoded PEM with nothing but white space between its certificates; none where there is no header. */
    static List<X509Certificate> ofPem(Optional<String> header) throws RejectedException {
        if (header.isEmpty()) {
            return List.of();
        }
        String pem = decoded(header.get());
        if (!BLOCK.matcher(pem).replaceAll("").isBlank()) {
            throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
        }
        List<String> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(pem); block.find(); ) {
            blocks.add(block.group(1).replaceAll("\\s", ""));
        }
        if (blocks.isEmpty()) {
            throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
        }
        return ofBase64(blocks.toArray(String[]::new));
    }

    /** Undoes URL encoding. Leaves {@code +} as it is, which is a character of Base64. */
    static String decoded(String header) throws RejectedException {
        try {
            return StringUtils.uriDecode(header, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            throw new RejectedException(CertificateVerdict.MALFORMED_HEADER);
        }
    }

    /** Each of them is what stands between the lines of a PEM block, without line ends. */
    static List<X509Certificate> ofBase64(String... certificates) throws RejectedException {
        if (certificates.length > MAX_CHAIN) {
            throw new RejectedException(CertificateVerdict.TOO_LONG);
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (String base64 : certificates) {
            try {
                chain.add(ofDer(Base64.getDecoder().decode(base64)));
            } catch (IllegalArgumentException ex) {
                throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
            }
        }
        return chain;
    }

    private static X509Certificate ofDer(byte[] encoded) throws RejectedException {
        // The factory reads other encodings as well; a DER sequence starts with this byte and is read to its end.
        if (encoded.length == 0 || encoded[0] != 0x30) {
            throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            if (Arrays.equals(certificate.getEncoded(), encoded)) {
                return certificate;
            }
        } catch (CertificateException | RuntimeException ex) {
            // The runtime's parser is not written for hostile input: anything it throws means the same.
        }
        throw new RejectedException(CertificateVerdict.MALFORMED_CERTIFICATE);
    }
}
