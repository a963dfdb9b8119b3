package dev.ackbox.http;

import dev.ackbox.security.AppSecret;
import dev.ackbox.security.TestCertificates.Issued;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The platform's side of mutual TLS: one request on a connection of its own. It presents its certificate whatever the
 * server says whom it trusts, where a well-behaved client would keep back what is of no use.
 */
final class TlsClient {

    private static final byte[] SENT = new byte[0];

    private final int port;
    private final X509Certificate root;
    private final @Nullable Issued certificate;
    private final InetAddress from;

    /**
     * Creates a client.
     *
     * @param root whom it trusts to issue the server's certificate
     */
    TlsClient(int port, X509Certificate root) {
        this(port, root, null, InetAddress.getLoopbackAddress());
    }

    private TlsClient(int port, X509Certificate root, @Nullable Issued certificate, InetAddress from) {
        this.port = port;
        this.root = root;
        this.certificate = certificate;
        this.from = from;
    }

    TlsClient with(Issued certificate) {
        return new TlsClient(port, root, certificate, from);
    }

    /** With another address of this machine, such as 127.0.0.9. */
    TlsClient from(String address) throws IOException {
        return new TlsClient(port, root, certificate, InetAddress.getByName(address));
    }

    /** Sends a genuine notification; returns the status. */
    int post(String path, byte[] body, String... headers) throws IOException {
        return status(send(
                "POST " + path,
                "Content-Type: application/json\r\nX-Hub-Signature-256: " + new AppSecret("secret").sign(body)
                        + "\r\nContent-Length: " + body.length + "\r\n" + lines(headers),
                body));
    }

    /** Asks as for a verification; returns the status. */
    int get(String path) throws IOException {
        return status(
                send("GET " + path + "?hub.mode=subscribe&hub.verify_token=token&hub.challenge=1158201444", "", SENT));
    }

    /** Returns the answer as a whole. */
    String answer(String path) throws IOException {
        return send("GET " + path, "", SENT);
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            lines.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return lines.toString();
    }

    private static int status(String answer) throws IOException {
        if (!answer.startsWith("HTTP/1.1 ")) {
            throw new IOException("The connection was closed without an answer");
        }
        return Integer.parseInt(answer.substring(9, 12));
    }

    private String send(String start, String headers, byte[] body) throws IOException {
        String head = start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(from, 0));
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            plain.setSoTimeout(20_000);
            try (SSLSocket socket =
                    (SSLSocket) context().getSocketFactory().createSocket(plain, "localhost", port, true)) {
                ByteArrayOutputStream request = new ByteArrayOutputStream();
                request.write(head.getBytes(StandardCharsets.ISO_8859_1));
                request.write(body);
                socket.getOutputStream().write(request.toByteArray());
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private SSLContext context() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", root);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate == null ? null : new KeyManager[] {new Presenting(certificate)},
                    trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Presents one certificate, always. */
    private static final class Presenting extends X509ExtendedKeyManager {

        private static final String ALIAS = "client";

        private final Issued certificate;

        Presenting(Issued certificate) {
            this.certificate = certificate;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return List.of(keyType).contains("EC") ? ALIAS : null;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyType, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return certificate.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.key();
        }
    }
}
