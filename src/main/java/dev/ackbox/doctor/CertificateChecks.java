package dev.ackbox.doctor;

import dev.ackbox.command.Settings;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;

/** When the certificates and authorities end that are configured here: in SSL bundles, or for a port without a bundle. */
final class CertificateChecks {

    private static final List<String> PORTS = List.of("server.ssl", "management.server.ssl");

    private final Settings settings;
    private final Clock clock;
    private final Report report;

    CertificateChecks(Settings settings, Clock clock, Report report) {
        this.settings = settings;
        this.clock = clock;
        this.report = report;
    }

    /**
     * Certificates and authorities that belong together.
     *
     * @param name as in the report
     * @param renewal what to do after they are renewed
     */
    private record Source(String name, Supplier<SslBundle> bundle, String renewal) {}

    void run() {
        List<Source> sources = sources();
        if (sources.isEmpty()) {
            report.ok(Check.CERTIFICATES, "none is configured here: TLS ends before Ackbox");
        }
        for (Source source : sources) {
            try {
                check(source, source.bundle().get());
            } catch (RuntimeException | KeyStoreException ex) {
                report.finding(
                        Check.CERTIFICATES,
                        source.name() + " cannot be read (" + ex.getClass().getSimpleName() + ")",
                        "see whether its files are there, are what the settings say, and have this password");
            }
        }
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        SslProperties.Bundles bundles =
                settings.bind("spring.ssl", SslProperties.class).getBundle();
        new TreeMap<>(bundles.getPem())
                .forEach((name, pem) -> sources.add(bundle(name, () -> PropertiesSslBundle.get(pem))));
        new TreeMap<>(bundles.getJks())
                .forEach((name, jks) -> sources.add(bundle(name, () -> PropertiesSslBundle.get(jks))));
        for (String port : PORTS) {
            Ssl ssl = settings.bind(port, Ssl.class);
            boolean isOfBundle = ssl.getBundle() != null;
            if (ssl.isEnabled() && !isOfBundle && (ssl.getKeyStore() != null || ssl.getCertificate() != null)) {
                sources.add(new Source(
                        port, () -> WebServerSslBundle.get(ssl), "restart Ackbox, which reads it at its start alone"));
            }
        }
        return sources;
    }

    private static Source bundle(String name, Supplier<SslBundle> bundle) {
        return new Source(
                "bundle '" + name + "'", bundle, "Ackbox reads the files again if the bundle has reload-on-update");
    }

    private void check(Source source, SslBundle bundle) throws KeyStoreException {
        check(
                source,
                "certificate",
                bundle.getStores().getKeyStore(),
                bundle.getKey().getAlias());
        check(source, "authority", bundle.getStores().getTrustStore(), null);
    }

    /** @param alias the only one that is used; absent for all */
    private void check(Source source, String kind, @Nullable KeyStore store, @Nullable String alias)
            throws KeyStoreException {
        if (store == null) {
            return;
        }
        for (String each : Collections.list(store.aliases())) {
            if (alias == null || alias.equalsIgnoreCase(each)) {
                Certificate[] chain = store.getCertificateChain(each);
                check(source, kind, chain == null ? List.of(store.getCertificate(each)) : List.of(chain));
            }
        }
    }

    private void check(Source source, String kind, List<Certificate> chain) {
        ChainEnd end = ChainEnd.of(chain);
        String detail = kind + " of " + source.name() + " ends on " + end.date();
        if (end.isSoon(clock)) {
            report.finding(Check.CERTIFICATES, detail, "renew it; " + source.renewal());
        } else {
            report.ok(Check.CERTIFICATES, detail);
        }
    }
}
