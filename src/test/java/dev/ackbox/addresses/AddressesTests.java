package dev.ackbox.addresses;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.CapturedLog;
import dev.ackbox.CommandRun;
import dev.ackbox.graph.Meta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("socket")
class AddressesTests {

    @RegisterExtension
    static final WireMockExtension META = Meta.server();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("meta.csv");
    }

    private static String geofeed(int ranges) {
        return IntStream.range(0, ranges)
                .mapToObj(i -> "31.13." + i + ".0/24,US,US-CA,Menlo Park,")
                .collect(Collectors.joining("\n", "# geofeed\n", "\n"));
    }

    private static void answer(int status, String body) {
        META.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private CommandRun refresh() {
        return refreshFrom(META.baseUrl() + "/peering/geofeed");
    }

    private CommandRun refreshFrom(String url) {
        return CommandRun.of(
                new AddressesCommand(() -> CommandRun.settings(Map.of())),
                "refresh",
                "--file",
                file.toString(),
                "--url",
                url);
    }

    @Test
    void writesTheList() throws IOException {
        answer(200, geofeed(10));

        CommandRun ran = refresh();

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("has 10 ranges");
        assertThat(file).hasContent(geofeed(10));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void takesAListThatHasShrunkByHalf() throws IOException {
        Files.writeString(file, geofeed(10));
        answer(200, geofeed(5));

        assertThat(refresh().exitCode()).isZero();
        assertThat(file).hasContent(geofeed(5));
    }

    @ParameterizedTest
    @CsvSource({
        "200, 4, less than half",
        "200, 0, something other than a geofeed",
        "200, -1, something other than a geofeed",
        "500, 10, answers 500"
    })
    void keepsTheListWhereTheNewOneIsDoubtful(int status, int ranges, String reason) throws IOException {
        Files.writeString(file, geofeed(10));
        answer(status, ranges < 0 ? "<html>" : geofeed(ranges));

        CommandRun ran = refresh();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains(reason, "stays as it is");
        assertThat(file).hasContent(geofeed(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"128.0.0.0/7", "2000::/15"})
    void rejectsARangeThatCannotBeMetas(String range) {
        answer(200, geofeed(10) + range + ",US,,,\n");

        CommandRun ran = refresh();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("wider than /8 (IPv4) or /16 (IPv6)");
        assertThat(file).doesNotExist();
    }

    @Test
    void takesTheWidestRangesThatOneOwnerMayHave() {
        answer(200, "31.0.0.0/8,US,,,\n2a03::/16,US,,,\n31.13.24.1,US,,,\n");

        assertThat(refresh().exitCode()).isZero();
    }

    @Test
    void keepsAFileThatItCannotCompare() throws IOException {
        Files.writeString(file, "<html>");
        answer(200, geofeed(10));

        CommandRun ran = refresh();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot be read as a list", "delete it");
        assertThat(file).hasContent("<html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.facebook.com/peering/geofeed", "ftp://localhost/geofeed", "geofeed"})
    void fetchesByHttpsAlone(String url) {
        CommandRun ran = refreshFrom(url);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("https");
    }

    /** Neither to another host or to http, nor on the same host: an operator decides where the list comes from. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        META.stubFor(get("/peering/geofeed")
                .willReturn(aResponse().withStatus(status).withHeader("Location", META.baseUrl() + "/elsewhere")));
        META.stubFor(get("/elsewhere").willReturn(aResponse().withBody(geofeed(10))));

        CommandRun ran = refresh();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("answers " + status + ", a redirect, which is not followed", "has moved");
        assertThat(file).doesNotExist();
        META.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsThePermissionsOfTheFile() throws IOException {
        answer(200, geofeed(10));
        assertThat(refresh().exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        assertThat(refresh().exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void needsAFile() {
        assertThat(CommandRun.of(new AddressesCommand(() -> CommandRun.settings(Map.of())), "refresh")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void refreshesOnceADayAndSaysWhereThatFails() throws IOException {
        Files.writeString(file, geofeed(10));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        AddressFile addresses = new AddressFile(file, java.net.URI.create(META.baseUrl()), Clock.systemUTC());
        assertThat(addresses.age()).hasValueSatisfying(age -> assertThat(age).isGreaterThan(Duration.ofDays(1)));
        answer(200, geofeed(11));
        DailyRefresh daily = new DailyRefresh(addresses, Duration.ofDays(1));
        try (CapturedLog log = new CapturedLog()) {
            daily.start();
            await().until(() -> Files.readString(file).equals(geofeed(11)));
            daily.stop();
            assertThat(addresses.age())
                    .hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofMinutes(1)));

            answer(500, "");
            DailyRefresh failing = new DailyRefresh(
                    new AddressFile(
                            directory.resolve("other.csv"), java.net.URI.create(META.baseUrl()), Clock.systemUTC()),
                    Duration.ofDays(1));
            failing.start();
            await().until(() -> log.lines().toString().contains("is not refreshed"));
            failing.stop();
        }
    }
}
