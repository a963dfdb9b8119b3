package dev.ackbox.http;

import dev.ackbox.security.certificate.CertificateAuthorities;
import java.security.KeyStore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The authorities in the trust store of an SSL bundle, as they are now: the framework reads the bundle again when it changes. */
final class TrustedBundle implements Supplier<CertificateAuthorities> {

    private static final Logger log = LoggerFactory.getLogger(TrustedBundle.class);

    private volatile CertificateAuthorities trusted;

    /**
     * Reads the bundle.
     *
     * @param setting the setting that names it
     * @throws InvalidSettingException if there is no such bundle, or no authority in it
     */
    TrustedBundle(String setting, String name, SslBundles bundles) {
        try {
            this.trusted = authorities(bundles.getBundle(name));
        } catch (NoSuchSslBundleException | IllegalArgumentException | IllegalStateException ex) {
            throw new InvalidSettingException(
                    "'" + setting + "' is '" + name + "', which cannot be used: " + ex.getMessage() + ".",
                    "Set 'spring.ssl.bundle.pem." + name
                            + ".truststore.certificate' to a PEM file of the authorities.");
        }
        bundles.addBundleUpdateHandler(name, this::replace);
    }

    private void replace(SslBundle bundle) {
        try {
            trusted = authorities(bundle);
        } catch (IllegalArgumentException | IllegalStateException ex) {
            log.warn(
                    "An SSL bundle cannot be read: {}. The authorities that it held before stay trusted",
                    ex.getMessage());
        }
    }

    private static CertificateAuthorities authorities(SslBundle bundle) {
        KeyStore trustStore = bundle.getStores().getTrustStore();
        if (trustStore == null) {
            // The framework would then trust every authority that Java knows.
            throw new IllegalArgumentException("it has no trust store");
        }
        return new CertificateAuthorities(trustStore);
    }

    @Override
    public CertificateAuthorities get() {
        return trusted;
    }
}
