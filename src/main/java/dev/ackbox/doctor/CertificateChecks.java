package dev.ackbox.doctor;

import dev.ackbox.command.Settings;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;

/** When the certificates and authorities of the SSL bundles end. */
final class CertificateChecks {

    private static final Duration SOON = Duration.ofDays(14);

    private final Settings settings;
    private final Clock clock;
    private final Report report;

    CertificateChecks(Settings settings, Clock clock, Report report) {
        this.settings = settings;
        this.clock = clock;
        this.report = report;
    }

    void run() {
        Map<String, SslBundle> bundles = new TreeMap<>();
        try {
            SslProperties properties = settings.bind("spring.ssl", SslProperties.class);
            properties.getBundle().getPem().forEach((name, pem) -> bundles.put(name, PropertiesSslBundle.get(pem)));
            properties.getBundle().getJks().forEach((name, jks) -> bundles.put(name, PropertiesSslBundle.get(jks)));
            if (bundles.isEmpty()) {
                report.ok(Check.CERTIFICATES, "no SSL bundle is configured; TLS ends before Ackbox, or in server.ssl");
            }
            for (Map.Entry<String, SslBundle> bundle : bundles.entrySet()) {
                check(
                        bundle.getKey(),
                        "certificate",
                        bundle.getValue().getStores().getKeyStore());
                check(
                        bundle.getKey(),
                        "authority",
                        bundle.getValue().getStores().getTrustStore());
            }
        } catch (RuntimeException | KeyStoreException ex) {
            report.finding(
                    Check.CERTIFICATES,
                    "an SSL bundle cannot be read (" + ex.getClass().getSimpleName() + ")",
                    "see whether the files of spring.ssl.bundle.* are there and are what the settings say");
        }
    }

    private void check(String bundle, String kind, @Nullable KeyStore store) throws KeyStoreException {
        if (store == null) {
            return;
        }
        for (String alias : Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            if (certificate instanceof X509Certificate x509) {
                check(bundle, kind, x509);
            }
        }
    }

    private void check(String bundle, String kind, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        String detail = kind + " of bundle '" + bundle + "' ends on "
                + end.atOffset(ZoneOffset.UTC).toLocalDate();
        if (end.isBefore(clock.instant().plus(SOON))) {
            report.finding(
                    Check.CERTIFICATES,
                    detail,
                    "renew it; Ackbox reads the files again if the bundle has reload-on-update");
        } else {
            report.ok(Check.CERTIFICATES, detail);
        }
    }
}
