package dev.ackbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
                "ackbox.inbox.duplicate-window=7d",
                "ackbox.inbox.payload-retention=10d",
                "ackbox.inbox.payload-retention-of.messages=8d",
                "ackbox.inbox.payload-retention-of.messages=-1s",
                "ackbox.inbox.attempt-retention=10d",
                "ackbox.inbox.attempt-retention=-1s",
                "ackbox.inbox.max-hold=1d",
                "ackbox.traffic.max-silence=-1s",
                "ackbox.traffic.max-silence-of.nadia=1h",
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

    @Test
    void aFieldThatThereIsNotIsNoSetting() {
        assertThatThrownBy(() -> start("ackbox.inbox.payload-retention-of.mesages=1d"))
                .hasMessageContaining("'ackbox.inbox.payload-retention-of.mesages' is set, but there is no such field");
    }

    /** Each number has gauges of its own. */
    @Test
    void moreNumbersThanAreWatchedStopTheStart() {
        String[] settings = IntStream.rangeClosed(1, 201)
                .mapToObj(number -> "ackbox.traffic.max-silence-of." + number + "=1h")
                .toArray(String[]::new);
        assertThatThrownBy(() -> start(settings))
                .rootCause()
                .hasMessage("'ackbox.traffic.max-silence-of' names 201 phone numbers, but may name 200 at the most");
    }

    private void start(String... settings) {
        new SpringApplicationBuilder(AckboxApplication.class)
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "management.server.port=0",
                                        "ackbox.endpoints.default.verify-tokens=token",
                                        "ackbox.endpoints.default.app-secrets=secret",
                                        "ackbox.inbox.sqlite.directory=" + directory),
                                Stream.of(settings))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new))
                .close();
    }

    private static String camelCase(String name) {
        return Pattern.compile("-(.)")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
