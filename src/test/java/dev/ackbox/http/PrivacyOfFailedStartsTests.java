package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.ackbox.AckboxApplication;
import dev.ackbox.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start that fails says what is wrong, and no secret, however much is logged. */
@Tag("socket")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class PrivacyOfFailedStartsTests {

    @TempDir
    private Path directory;

    /** Each of them beside secrets that are as they should be; in the place of MARK stands a canary. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Secrets that cannot be read.
                "ackbox.endpoints.default.app-secrets=MARK-${ackbox.endpoints.default.app-secrets}",
                "ackbox.endpoints.default.app-secrets[1]=MARK",
                "ackbox.endpoints.default.verify-tokens[x]=MARK",
                "ackbox.endpoints.default.verify-tokens=MARK,,MARK",
                "ackbox.endpoints.default=MARK",
                "ACKBOX_APP_SECRET=MARK-${ACKBOX_APP_SECRET}",
                "ACKBOX_VERIFY_TOKEN=MARK-${ACKBOX_VERIFY_TOKEN}",
                "ACKBOX_MANAGEMENT_PASSWORD=MARK-${ACKBOX_MANAGEMENT_PASSWORD}",
                // Other settings that cannot be.
                "ackbox.endpoints.default.authenticator=none",
                "ackbox.endpoints.default.authenticator=unknown",
                "ackbox.endpoints.other.path=/other",
                "ackbox.http.body-timeout=soon",
                "ackbox.dispatch.concurrency=0",
                "ackbox.inbox.sqlite.directory=/dev/null",
                "server.ssl.bundle=missing"
            })
    void says(String setting, CapturedOutput output) {
        try (CapturedLog log = new CapturedLog()) {
            assertThatException().isThrownBy(() -> start(setting.replace("MARK", Canaries.MARK)));
            assertThat(output).containsAnyOf("APPLICATION FAILED TO START", "Application run failed");
            assertThat(Canaries.in(output.getAll())).isEmpty();
            assertThat(log.lines())
                    .hasSizeGreaterThan(10)
                    .flatExtracting(line -> Canaries.in(line.text()).stream()
                            .map(found -> line.level() + " " + line.logger() + " " + found)
                            .toList())
                    .isEmpty();
        }
    }

    @Test
    void saysOfAFile(CapturedOutput output) throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(
                secrets.resolve("ackbox.endpoints.default.app-secrets"), Canaries.MARK + ",," + Canaries.MARK);
        says("spring.config.import=configtree:" + secrets + "/", output);
    }

    /** With the setting in the place of any other of its name. */
    private void start(String setting) {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.of(
                        "logging.level.root=trace",
                        "server.port=0",
                        "management.server.port=0",
                        "ackbox.inbox.sqlite.directory=" + directory.resolve("data"),
                        "ACKBOX_MANAGEMENT_PASSWORD=" + Canaries.PASSWORD,
                        "ACKBOX_VERIFY_TOKEN=" + Canaries.VERIFY_TOKEN,
                        "ACKBOX_APP_SECRET=" + Canaries.SECRET,
                        setting)
                .map(each -> each.split("=", 2))
                .forEach(each -> settings.put(each[0], each[1]));
        SpringApplication.run(
                        AckboxApplication.class,
                        settings.entrySet().stream()
                                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                                .toArray(String[]::new))
                .close();
    }
}
