package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.ackbox.AckboxApplication;
import dev.ackbox.CapturedLog;
import dev.ackbox.handler.Handler;
import dev.ackbox.model.messages.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the log says of the settings, after real starts. */
@Tag("slow")
@Timeout(120)
class StartupReportTests {

    private static final String TOKEN = "a-token-of-24-characters";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    /** {@code printf %s 0123456789abcdef0123456789abcdef | sha256sum | cut -c 1-8}. */
    private static final String DIGEST = "3eb1bd43";

    private static final String DEFAULT = "--ackbox.endpoints.default.";

    @TempDir
    private Path directory;

    @Configuration
    static class Shop {

        @Bean
        Handler<Content.Text> tickets() {
            return (text, received) -> {};
        }
    }

    @Test
    void saysWhatIsOnAndWhatIsOff() throws IOException {
        Path list = Files.writeString(directory.resolve("list"), "192.0.2.0/24\n");
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Path file = Files.writeString(secrets.resolve("ackbox.endpoints.shop.app-secrets"), SECRET);
        List<CapturedLog.Line> lines = start(
                "--spring.config.import=configtree:" + secrets + "/",
                DEFAULT + "verify-tokens=" + TOKEN,
                DEFAULT + "app-secrets=" + SECRET + "," + SECRET.replace('0', 'a'),
                "--ackbox.endpoints.shop.path=/hooks/shop",
                "--ackbox.endpoints.shop.verify-tokens=" + TOKEN,
                "--ackbox.endpoints.shop.allowed-accounts=1,2",
                "--ackbox.endpoints.shop.addresses.mode=report",
                "--ackbox.endpoints.shop.addresses.file=" + list,
                "--server.forward-headers-strategy=native",
                "--server.tomcat.remoteip.internal-proxies=127.0.0.1",
                "--ackbox.management.password=correct-horse-battery",
                "--ackbox.graph.access-token=" + TOKEN,
                "--ackbox.graph.app-secret=" + SECRET,
                "--server.tomcat.max-connections=100",
                "--ackbox.inbox.payload-retention-of.messages=1d",
                "--ackbox.inbox.payload-retention-of.calls=1h",
                "--ackbox.inbox.attempt-retention=8d");
        // The inbox of the test is in a directory for temporary files.
        assertThat(lines).extracting(CapturedLog.Line::level).containsExactly(Level.INFO, Level.WARN);
        assertThat(lines)
                .first()
                .extracting(CapturedLog.Line::text)
                .asString()
                .containsSubsequence(
                        "endpoint default     /webhooks/whatsapp on port ",
                        "authenticator      meta, cloud",
                        "app secrets        2 (32 characters, SHA-256 " + DIGEST + "…; 32 characters, SHA-256 ",
                        "not from a watched file: restart after a change",
                        "verify tokens      1 (24 characters)",
                        "address list       off",
                        "certificate        off",
                        "accounts           any")
                .containsSubsequence(
                        "endpoint shop        /hooks/shop on port ",
                        "app secrets        1 (32 characters, SHA-256 " + DIGEST + "…), from " + file
                                + ", which is watched",
                        "address list       report, from " + list + ", which is watched",
                        "accounts           2 allowed accounts")
                .containsSubsequence(
                        "inbox                sqlite in " + directory.resolve("data"),
                        "kept               duplicate-window 9 d, payload-retention 7 d, payload-retention-of.calls 3600 s,"
                                + " payload-retention-of.messages 1 d, dead-letter-retention 30 d, attempt-retention 8 d,"
                                + " max-hold 30 d",
                        "handlers             tickets: messages",
                        "without a handler    ",
                        "calls to Meta        Graph API v26.0, access token of 24 characters, appsecret_proof on, after an"
                                + " unknown send: fail",
                        "address refresh      off",
                        "management           port ",
                        "user 'ackbox' with a password",
                        "client addresses     X-Forwarded-For of 127.0.0.1",
                        "bounds               body 4 MB within 10 s, bodies 64 MB, to write 64 MB, each of 3 lanes 32 MB,"
                                + " connections 100, heap ")
                .doesNotContain(TOKEN, SECRET, "correct-horse");
    }

    /** A file is watched that holds the whole list, under its name or by a placeholder that stands alone. */
    @ParameterizedTest
    @CsvSource({
        "ackbox.endpoints.default.app-secrets[0], , not from a watched file: restart after a change",
        "first, '${first},${first}', not from a watched file: restart after a change",
        "first, '${first}', 'from %s, which is watched'"
    })
    void saysWhichSecretsAreNotWatched(String name, @Nullable String secrets, String source) throws IOException {
        Path tree = Files.createDirectory(directory.resolve("secrets"));
        Path file = Files.writeString(tree.resolve(name), SECRET);
        List<String> settings = new ArrayList<>(
                List.of("--spring.config.import=configtree:" + tree + "/", DEFAULT + "verify-tokens=" + TOKEN));
        if (secrets != null) {
            settings.add(DEFAULT + "app-secrets=" + secrets);
        }

        List<CapturedLog.Line> lines = start(settings.toArray(String[]::new));

        assertThat(lines)
                .first()
                .satisfies(line -> assertThat(line.text().lines())
                        .filteredOn(each -> each.contains("app secrets"))
                        .isNotEmpty()
                        .allSatisfy(each -> assertThat(each).contains(DIGEST).endsWith(source.formatted(file))));
    }

    @Test
    void warnsOfWhatNobodyWantsInProduction() {
        List<String> warnings = new ArrayList<>();
        for (CapturedLog.Line line : start(
                DEFAULT + "verify-tokens=demo-token",
                DEFAULT + "app-secrets=demo-secret,b,c",
                "--ackbox.endpoints.gateway.path=/hooks/gateway",
                "--ackbox.endpoints.gateway.verify-tokens=" + TOKEN,
                "--ackbox.endpoints.gateway.authenticator=none",
                "--ackbox.endpoints.gateway.addresses.mode=enforce",
                "--ackbox.endpoints.gateway.addresses.ranges=192.0.2.1",
                "--ackbox.endpoints.gateway.addresses.when-unreadable=open",
                "--ackbox.endpoints.other.path=/hooks/other",
                "--ackbox.endpoints.other.verify-tokens=" + TOKEN,
                "--ackbox.endpoints.other.app-secrets=EAAG-an-access-token",
                "--ackbox.endpoints.other.print-payloads=true",
                "--ackbox.print-payloads-outside-local=true",
                "--ackbox.http.max-bytes-in-flight=100GB",
                "--management.endpoint.env.show-values=always",
                "--server.tomcat.accesslog.enabled=true",
                "--server.tomcat.accesslog.directory=" + directory,
                "--logging.level.org.springframework.web=info")) {
            if (line.level() == Level.WARN) {
                warnings.add(line.text());
            }
        }
        assertThat(String.join("\n", warnings))
                .contains(
                        "'ackbox.endpoints.default' has demo values",
                        "'ackbox.endpoints.default.app-secrets' has 3 elements",
                        "'ackbox.endpoints.gateway.authenticator' is 'none'",
                        "'ackbox.endpoints.gateway.addresses.when-unreadable' is 'open'",
                        "'ackbox.endpoints.other.app-secrets' has an element that does not look like an app secret",
                        "'ackbox.endpoints.other.print-payloads' is on",
                        "Payloads may take 102",
                        "The inbox is in a directory for temporary files",
                        "'management.endpoint.env.show-values' shows secrets",
                        "'server.tomcat.accesslog.pattern' writes verify tokens",
                        "The logger 'org.springframework.web' is at INFO")
                .doesNotContain("EAAG", "demo-secret");
        assertThat(warnings).hasSize(11);
    }

    /** What the report logs. */
    private List<CapturedLog.Line> start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--ackbox.warm-up=0s",
                "--ackbox.inbox.sqlite.directory=" + directory.resolve("data"),
                "--logging.level.dev.ackbox.ops=info"));
        all.addAll(List.of(arguments));
        try (CapturedLog log = new CapturedLog()) {
            new SpringApplicationBuilder(AckboxApplication.class, Shop.class)
                    .run(all.toArray(String[]::new))
                    .close();
            return log.lines().stream()
                    .filter(line -> line.logger().equals(StartupReport.class.getName()))
                    .toList();
        }
    }
}
