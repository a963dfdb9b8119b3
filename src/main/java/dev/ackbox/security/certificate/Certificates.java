package dev.ackbox.security.certificate;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates in the forms in which proxies and files hold them. */
final class Certificates {

    /** The platform sends two; more than this is work for nothing. */
    static final int MAX_CHAIN = 10;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*+)-----END CERTIFICATE-----");

    private Certificates() {}

    /** PEM with nothing but white space between its certificates. */
    static List<X509Certificate> ofPem(String pem) throws RefusedException {
        if (!BLOCK.matcher(pem).replaceAll("").isBlank()) {
            throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
        }
        return ofBlocks(pem, MAX_CHAIN);
    }

    /** PEM as files have it, with any other text around the certificates. */
    static List<X509Certificate> ofFile(String pem) throws RefusedException {
        return ofBlocks(pem, Integer.MAX_VALUE);
    }

    private static List<X509Certificate> ofBlocks(String pem, int limit) throws RefusedException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            if (certificates.size() == limit) {
                throw new RefusedException(RefusalReason.TOO_LONG);
            }
            certificates.add(ofBase64(block.group(1).replaceAll("\\s", "")));
        }
        if (certificates.isEmpty()) {
            throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
        }
        return certificates;
    }

    /** What stands between the lines of a PEM block, without line ends. */
    static X509Certificate ofBase64(String base64) throws RefusedException {
        byte[] encoded;
        try {
            encoded = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException ex) {
            throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
        }
        return ofDer(encoded);
    }

    private static X509Certificate ofDer(byte[] encoded) throws RefusedException {
        // The factory reads other encodings as well; a DER sequence starts with this byte and is read to its end.
        if (encoded.length == 0 || encoded[0] != 0x30) {
            throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
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
        throw new RefusedException(RefusalReason.MALFORMED_CERTIFICATE);
    }
}
