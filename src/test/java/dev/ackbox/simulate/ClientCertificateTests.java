package dev.ackbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.ackbox.security.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that asks for the certificate that Meta presents. */
@Tag("socket")
class ClientCertificateTests {

    @TempDir
    private Path directory;

    private final Queue<String> subjects = new ConcurrentLinkedQueue<>();

    @Test
    void isPresented() throws Exception {
        HttpsServer server = start();
        try {
            Path meta = write("meta.pem", TestCertificates.client());
            Path authority = Files.writeString(
                    directory.resolve("ca.pem"), TestCertificates.pem(TestCertificates.NEW_ROOT.certificate()));
            String url = "https://localhost:" + server.getAddress().getPort() + "/";

            Ran ran = Ran.simulate(
                    "--url", url, "--client-certificate", meta.toString(), "--trust", authority.toString());

            assertThat(ran.exitCode()).as(ran.out()).isZero();
            assertThat(subjects).singleElement().asString().contains(TestCertificates.CLIENT_NAME);
            assertThat(Ran.simulate("--url", url, "--trust", authority.toString())
                            .exitCode())
                    .isEqualTo(1);
            assertThat(Ran.simulate("--url", url, "--client-certificate", authority.toString())
                            .err())
                    .contains("has no private key");
        } finally {
            server.stop(0);
        }
    }

    private HttpsServer start() throws Exception {
        Path certificate = write("server.pem", TestCertificates.server("localhost"));
        Path authority = Files.writeString(
                directory.resolve("clients.pem"), TestCertificates.pem(TestCertificates.NEW_ROOT.certificate()));
        SSLContext context = ClientCertificate.read(certificate, authority);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", exchange -> {
            subjects.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Path write(String name, TestCertificates.Issued issued) throws IOException {
        return Files.writeString(
                directory.resolve(name), TestCertificates.pem(issued.chain()) + TestCertificates.pem(issued.key()));
    }
}
