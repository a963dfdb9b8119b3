package dev.ackbox.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** TLS with a certificate of the client's own, and with authorities that the machine does not trust. */
final class ClientCertificate {

    private static final char[] NO_PASSWORD = new char[0];

    private ClientCertificate() {}

    /** Files cannot be used; the message says why, with nothing of their content. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Reads both.
     *
     * @param certificate PEM of the certificate, its chain and its private key; absent for none
     * @param authorities PEM of those that may have issued the server's certificate; absent for those of the machine
     */
    static SSLContext read(@Nullable Path certificate, @Nullable Path authorities) throws UnusableException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate == null ? null : keyStore(certificate), NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities == null ? null : trustStore(authorities));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException ex) {
            throw new UnusableException("TLS cannot be set up (" + ex.getClass().getSimpleName() + ")");
        }
    }

    private static KeyStore keyStore(Path file) throws UnusableException, GeneralSecurityException, IOException {
        PemContent pem = pem(file);
        List<X509Certificate> chain = certificates(pem, file);
        PrivateKey key = key(pem, file);
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        return store;
    }

    private static KeyStore trustStore(Path file) throws UnusableException, GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate authority : certificates(pem(file), file)) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static PemContent pem(Path file) throws UnusableException {
        try {
            return PemContent.of(Files.readString(file));
        } catch (IOException ex) {
            throw new UnusableException(file + " cannot be read");
        }
    }

    private static List<X509Certificate> certificates(PemContent pem, Path file) throws UnusableException {
        try {
            return pem.getCertificates();
        } catch (RuntimeException ex) {
            throw new UnusableException(file + " has no certificate in PEM");
        }
    }

    private static PrivateKey key(PemContent pem, Path file) throws UnusableException {
        try {
            PrivateKey key = pem.getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (RuntimeException ex) {
            // Said below.
        }
        throw new UnusableException(file + " has no private key in PEM, without a password");
    }
}
