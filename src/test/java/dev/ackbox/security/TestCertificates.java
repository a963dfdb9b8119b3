package dev.ackbox.security;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates of invented authorities: two generations of a root, each with an intermediate, and what they, or others,
 * issue. Valid from 2020 to 2050 unless said otherwise, so that they hold in real handshakes and under any test clock.
 */
public final class TestCertificates {

    public static final String CLIENT_NAME = "client.webhooks.fbclientcerts.com";

    /** As the platform's may look: a comma in an attribute, which has to be escaped. */
    public static final String CLIENT_SUBJECT =
            "C=US,ST=California,L=Menlo Park,O=Meta Platforms\\, Inc.,CN=" + CLIENT_NAME;

    public static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
    public static final Instant END = Instant.parse("2050-01-01T00:00:00Z");

    /** Ends ten years before the new one. */
    public static final Instant END_OF_OLD_ROOT = Instant.parse("2040-01-01T00:00:00Z");

    // Before the authorities, which take from it.
    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1_000);

    public static final Issued OLD_ROOT = new Request("C=US,O=Old,CN=Old Root")
            .authority()
            .until(END_OF_OLD_ROOT)
            .selfSigned();
    public static final Issued OLD_INTERMEDIATE =
            new Request("C=US,O=Old,CN=Old Intermediate").authority().by(OLD_ROOT);
    public static final Issued NEW_ROOT =
            new Request("C=US,O=New,CN=New Root").authority().selfSigned();
    public static final Issued NEW_INTERMEDIATE =
            new Request("C=US,O=New,CN=New Intermediate").authority().by(NEW_ROOT);

    /** Trusted by nobody, though named like the new root. */
    public static final Issued STRANGER_ROOT =
            new Request("C=US,O=New,CN=New Root").authority().selfSigned();

    private TestCertificates() {}

    /** What the platform presents now. */
    public static Issued client() {
        return clientNamed(CLIENT_SUBJECT);
    }

    /** What it presented before. */
    public static Issued clientOfOldGeneration() {
        return new Request(CLIENT_SUBJECT).forClients().by(OLD_INTERMEDIATE);
    }

    /** Right in all but, perhaps, its subject. */
    public static Issued clientNamed(String subject) {
        return new Request(subject).forClients().by(NEW_INTERMEDIATE);
    }

    public static Issued expiredClient() {
        return new Request(CLIENT_SUBJECT)
                .forClients()
                .until(Instant.parse("2021-01-01T00:00:00Z"))
                .by(NEW_INTERMEDIATE);
    }

    public static Issued clientNotYetValid() {
        return new Request(CLIENT_SUBJECT)
                .forClients()
                .from(Instant.parse("2049-01-01T00:00:00Z"))
                .by(NEW_INTERMEDIATE);
    }

    /** With the client's name, and for use by servers alone. */
    public static Issued clientWithUsageOfServers() {
        return new Request(CLIENT_SUBJECT).forServers().by(NEW_INTERMEDIATE);
    }

    public static Issued clientWithoutUsage() {
        return new Request(CLIENT_SUBJECT).by(NEW_INTERMEDIATE);
    }

    public static Issued selfSignedClient() {
        return new Request(CLIENT_SUBJECT).forClients().selfSigned();
    }

    public static Issued clientOfStranger() {
        return new Request(CLIENT_SUBJECT).forClients().by(STRANGER_ROOT);
    }

    /** For a server that ends TLS. */
    public static Issued server(String host) {
        return new Request("CN=" + host).forServers().host(host).by(NEW_INTERMEDIATE);
    }

    /** PEM of all of them, one behind the other. */
    public static String pem(List<X509Certificate> certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(pem("CERTIFICATE", der(certificate)));
        }
        return pem.toString();
    }

    public static String pem(X509Certificate certificate) {
        return pem(List.of(certificate));
    }

    public static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    /**
     * A certificate and its key.
     *
     * @param chain it first, then those above it, without the root where it is not the root itself
     */
    public record Issued(List<X509Certificate> chain, PrivateKey key) {

        public X509Certificate certificate() {
            return chain.get(0);
        }
    }

    /** Asks for a certificate. */
    public static final class Request {

        private final X500Name subject;
        private final List<Usage> usages = new ArrayList<>();
        private final KeyPair keys = newKeys();
        private Instant notBefore = BEGIN;
        private Instant notAfter = END;

        /** In the form of RFC 2253, first attribute first. */
        public Request(String subject) {
            this.subject = new X500Name(subject);
        }

        public Request from(Instant notBefore) {
            this.notBefore = notBefore;
            return this;
        }

        public Request until(Instant notAfter) {
            this.notAfter = notAfter;
            return this;
        }

        public Request authority() {
            usages.add(builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
            return this;
        }

        public Request forClients() {
            return purpose(KeyPurposeId.id_kp_clientAuth);
        }

        public Request forServers() {
            return purpose(KeyPurposeId.id_kp_serverAuth);
        }

        public Request host(String host) {
            usages.add(builder -> builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host))));
            return this;
        }

        private Request purpose(KeyPurposeId purpose) {
            usages.add(
                    builder -> builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)));
            return this;
        }

        public Issued selfSigned() {
            return new Issued(List.of(sign(subject, keys.getPrivate())), keys.getPrivate());
        }

        public Issued by(Issued issuer) {
            List<X509Certificate> chain = new ArrayList<>();
            X509Certificate above = issuer.certificate();
            chain.add(sign(X500Name.getInstance(above.getSubjectX500Principal().getEncoded()), issuer.key()));
            if (!above.getIssuerX500Principal().equals(above.getSubjectX500Principal())) {
                chain.addAll(issuer.chain());
            }
            return new Issued(List.copyOf(chain), keys.getPrivate());
        }

        private X509Certificate sign(X500Name issuer, PrivateKey key) {
            try {
                X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        issuer,
                        BigInteger.valueOf(SERIAL_NUMBERS.incrementAndGet()),
                        Date.from(notBefore),
                        Date.from(notAfter),
                        subject,
                        keys.getPublic());
                for (Usage usage : usages) {
                    usage.addTo(builder);
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
            } catch (GeneralSecurityException | IOException | OperatorCreationException ex) {
                throw new IllegalStateException(ex);
            }
        }

        private static KeyPair newKeys() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(256);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    @FunctionalInterface
    private interface Usage {
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }
}
