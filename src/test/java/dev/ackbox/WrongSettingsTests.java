package dev.ackbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Settings with which nothing would be taken in, handed out or handled. */
@Tag("slow")
class WrongSettingsTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ackbox.http.body-timeout=0",
                "ackbox.intake.store-timeout=-1s",
                "ackbox.inbox.max-bytes-in-memory=0",
                "ackbox.inbox.max-records-in-memory=0",
                "ackbox.inbox.payload-retention=-1d",
                "ackbox.inbox.dead-letter-retention=-1d",
                "ackbox.dispatch.concurrency=0",
                "ackbox.dispatch.handler-timeout=0",
                "ackbox.dispatch.require-handlers=true",
                "ackbox.dispatch.retry.max-attempts=0",
                "ackbox.dispatch.retry.initial-delay=-1s",
                "ackbox.dispatch.retry.multiplier=0.5",
                "ackbox.watch.off=cals",
                "ackbox.addresses.url=nowhere",
                "ackbox.addresses.interval=1s",
                "ackbox.graph.version=26",
                "ackbox.graph.url=graph.facebook.com",
                "ackbox.graph.access-token=two words",
                "ackbox.graph.access-token-file=missing",
                "ackbox.graph.max-attempts=0",
                "ackbox.graph.media.max-size=0B",
            })
    void stopTheStart(String setting) {
        String property = setting.substring(0, setting.indexOf('='));
        String name = property.substring(property.lastIndexOf('.') + 1);
        assertThatThrownBy(() -> start(setting))
                .rootCause()
                .asString()
                .matches("(?s).*(" + name + "|" + camelCase(name) + ").*");
    }

    private void start(String setting) {
        new SpringApplicationBuilder(AckboxApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--ackbox.endpoints.default.verify-tokens=token",
                        "--ackbox.endpoints.default.app-secrets=secret",
                        "--ackbox.inbox.sqlite.directory=" + directory,
                        "--" + setting)
                .close();
    }

    private static String camelCase(String name) {
        return Pattern.compile("-(.)")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
