package dev.ackbox.simulate;

import static dev.ackbox.command.TerminalCommand.require;

import dev.ackbox.command.Handshake;
import dev.ackbox.command.WebUrl;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How Meta behaves beyond sending. */
final class MetaOptions {

    private static final double MAX_FACTOR = 10_000_000;

    /** What Ackbox takes in its {@code local} profile. */
    private static final String DEMO_TOKEN = "demo-token";

    @Option(
            names = "--as-meta",
            description =
                    "Make the handshake first, and send again what is not answered with 200: at once, then less and less often,"
                            + " as Meta does for 7 days.")
    private boolean asMeta;

    @Option(
            names = "--compress",
            paramLabel = "<factor>",
            defaultValue = "10000",
            description =
                    "With --as-meta: how many times faster than Meta to send again. Default: 10000, so that 7 days are a minute.")
    private double factor;

    @Option(
            names = "--verify-token",
            paramLabel = "<token>",
            description =
                    "With --as-meta: what the handshake presents. Default: the first in ACKBOX_VERIFY_TOKEN, else demo-token.")
    private @Nullable String verifyToken;

    @Option(
            names = "--app",
            paramLabel = "<secret>=<url>",
            description =
                    "A further app: each notification goes there too. If one of the apps does not answer with 200, all of them get it"
                            + " again. May be repeated.")
    private Map<String, URI> apps = new LinkedHashMap<>();

    @Option(
            names = "--client-certificate",
            paramLabel = "<file>",
            description = "PEM with the certificate to present, its chain and its private key.")
    private @Nullable Path clientCertificate;

    @Option(
            names = "--trust",
            paramLabel = "<file>",
            description = "PEM with the authorities of the receiver's certificate, in place of the public ones.")
    private @Nullable Path trust;

    void validate(CommandSpec spec) {
        require(factor >= 1 && factor <= MAX_FACTOR, spec, "--compress must be from 1 to 10000000, but was " + factor);
        apps.forEach((secret, url) -> require(
                !secret.isBlank() && WebUrl.isWhole(url),
                spec,
                "--app must be a secret, =, and a whole http or https URL with a host"));
    }

    boolean asMeta() {
        return asMeta;
    }

    /** Absent for no retries. */
    @Nullable
    RetrySchedule schedule() {
        return asMeta ? new RetrySchedule(factor) : null;
    }

    Map<String, URI> apps() {
        return apps;
    }

    /** Makes clients that present the certificate, where there is one. */
    HttpClient.Builder client(CommandSpec spec) {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (clientCertificate != null || trust != null) {
            try {
                client.sslContext(ClientCertificate.read(clientCertificate, trust));
            } catch (ClientCertificate.UnusableException ex) {
                throw new ParameterException(spec.commandLine(), String.valueOf(ex.getMessage()));
            }
        }
        return client;
    }

    /** @param fromEnvironment value of ACKBOX_VERIFY_TOKEN, absent where it is not set */
    Handshake.Result handshake(URI url, HttpClient client, @Nullable String fromEnvironment)
            throws InterruptedException {
        String first = fromEnvironment == null ? "" : fromEnvironment.split(",", 2)[0].strip();
        String token = first.isEmpty() ? DEMO_TOKEN : first;
        return new Handshake(client).with(url, verifyToken == null ? token : verifyToken);
    }
}
