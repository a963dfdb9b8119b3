package dev.ackbox.simulate;

import static dev.ackbox.command.TerminalCommand.require;

import dev.ackbox.command.WebUrl;
import dev.ackbox.security.AppSecret;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where to send, and how fast. */
final class SendingOptions {

    private static final int DEFAULT_CONNECTIONS = 16;

    /** With a rate the answers do not set the pace. This only keeps a far side that hangs from using up files here. */
    private static final int DEFAULT_CONNECTIONS_AT_RATE = 512;

    private static final int MAX_CONNECTIONS = 10_000;
    private static final double MAX_RATE = 1_000_000;

    @Option(
            names = "--url",
            paramLabel = "<url>",
            defaultValue = "http://localhost:8080/webhooks/whatsapp",
            description = "Where to send. Default: ${DEFAULT-VALUE}.")
    private URI url = URI.create("");

    @Option(
            names = "--secret",
            paramLabel = "<secret>",
            description = "App secret that signs. Default: the first in the environment variable ACKBOX_APP_SECRET"
                    + " (there it does not show in the list of processes), else demo-secret.")
    private @Nullable String secret;

    @Option(
            names = "--rate",
            paramLabel = "<n>",
            description = "Notifications per second, planned ahead; latency counts from the planned time, so that slow"
                    + " answers do not hide. Default: as fast as they are answered.")
    private @Nullable Double rate;

    @Option(
            names = "--connections",
            paramLabel = "<n>",
            description = "Most notifications without an answer at a time. Default: 16, with --rate 512.")
    private @Nullable Integer connections;

    URI url() {
        return url;
    }

    void validate(CommandSpec spec) {
        require(WebUrl.isWhole(url), spec, "--url must be a whole http or https URL with a host");
        require(secret == null || !secret.isBlank(), spec, "--secret must not be empty");
        require(
                rate == null || (rate > 0 && rate <= MAX_RATE),
                spec,
                "--rate must be more than 0 and at most 1000000, but was " + rate);
        require(
                connections() >= 1 && connections() <= MAX_CONNECTIONS,
                spec,
                "--connections must be between 1 and 10000, but was " + connections);
    }

    Pace pace() {
        return rate == null ? new AsFastAsAnswered() : new FixedRate(rate);
    }

    int connections() {
        if (connections != null) {
            return connections;
        }
        return rate == null ? DEFAULT_CONNECTIONS : DEFAULT_CONNECTIONS_AT_RATE;
    }

    /** @param fromEnvironment value of ACKBOX_APP_SECRET, absent where it is not set */
    AppSecret secret(@Nullable String fromEnvironment) {
        return new AppSecret(secret == null ? SigningSecret.from(fromEnvironment) : secret);
    }
}
