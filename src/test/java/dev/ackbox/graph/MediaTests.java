package dev.ackbox.graph;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.ackbox.graph.Meta.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.ackbox.model.messages.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("socket")
class MediaTests {

    @RegisterExtension
    static final WireMockExtension META = Meta.server();

    private static final byte[] PICTURE = new byte[200_000];

    static {
        new Random(1).nextBytes(PICTURE);
    }

    @TempDir
    private Path directory;

    private static CloudMedia media(String... settings) {
        GraphProperties properties = Meta.settings(META, settings);
        HttpTransport transport = new HttpTransport(properties, AccessToken.of(properties));
        return new CloudMedia(new GraphApi(transport, properties), transport, properties);
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PICTURE));
    }

    private static Content.Image image(String sha256) {
        return new Content.Image("mid-1", "image/jpeg", sha256, null, null, null, null);
    }

    private static void describe(String url, String sha256) {
        META.stubFor(get(urlPathEqualTo("/v26.0/mid-1")).willReturn(answer(200, """
                {"messaging_product": "whatsapp", "url": "%s", "mime_type": "image/jpeg", "sha256": "%s",
                 "file_size": 200000, "id": "mid-1"}
                """.formatted(url, sha256))));
    }

    private static String url(String path) {
        return "http://localhost:" + META.getPort() + path;
    }

    private static MappingBuilder file(String path) {
        return get(urlPathEqualTo(path)).willReturn(aResponse().withBody(PICTURE));
    }

    @Test
    void isDownloadedWithTheTokenAndChecked() throws Exception {
        describe(url("/file?mid=1&ext=2"), sha256());
        META.stubFor(file("/file"));
        Path file = directory.resolve("picture");

        long size = media().download(
                        image(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256()))), file);

        assertThat(size).isEqualTo(PICTURE.length);
        assertThat(file).hasBinaryContent(PICTURE);
        assertThat(files()).containsExactly("picture");
        META.verify(getRequestedFor(urlPathEqualTo("/file"))
                .withHeader("Authorization", equalTo("Bearer " + Meta.TOKEN))
                .withQueryParam("ext", equalTo("2")));
        assertThat(media().describe("mid-1")).isEqualTo(new Media.Description("mid-1", "image/jpeg", 200_000));
    }

    @Test
    void goesIntoAChannelToo() throws Exception {
        describe(url("/file"), sha256());
        META.stubFor(file("/file"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        media().download(image(sha256()), Channels.newChannel(out));

        assertThat(out.toByteArray()).isEqualTo(PICTURE);
    }

    @Test
    void anExpiredUrlIsAskedForAgain() throws Exception {
        describe(url("/file"), sha256());
        META.stubFor(get(urlPathEqualTo("/file"))
                .inScenario("expiry")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(answer(404, "{}"))
                .willSetStateTo("fresh"));
        META.stubFor(file("/file").inScenario("expiry").whenScenarioStateIs("fresh"));

        media().download("mid-1", directory.resolve("picture"));

        META.verify(2, getRequestedFor(urlPathEqualTo("/v26.0/mid-1")));
    }

    @Test
    void whatStaysGoneIsNotTaken() throws Exception {
        describe(url("/file"), sha256());
        META.stubFor(get(urlPathEqualTo("/file")).willReturn(answer(404, "{}")));

        assertNotTaken("answered 404");
    }

    @Test
    void whatDiffersFromItsDigestIsNotTaken() throws Exception {
        describe(url("/file"), "0".repeat(64));
        META.stubFor(file("/file"));

        assertNotTaken("differs from the digest");
    }

    @Test
    void whatSaysThatItIsTooLargeIsNotAskedFor() throws Exception {
        describe(url("/file"), sha256());

        assertNotTaken("larger than", "media.max-size", "199999B");
        META.verify(0, getRequestedFor(urlPathEqualTo("/file")));
    }

    @Test
    void whatTurnsOutToBeTooLargeIsNotTaken() throws Exception {
        META.stubFor(
                get(urlPathEqualTo("/v26.0/mid-1")).willReturn(answer(200, "{\"url\": \"" + url("/file") + "\"}")));
        META.stubFor(file("/file"));

        assertNotTaken("larger than", "media.max-size", "199999B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/file",
                "https://lookaside.fbsbx.com.evil.example/file",
                "https://lookaside.fbsbx.com@evil.example/",
                "ftp://localhost/file",
                "file:///etc/passwd",
                "//localhost/file",
                "not a url",
                ""
            })
    void nothingIsAskedOfAnotherHost(String url) throws Exception {
        describe(url, sha256());

        assertThatThrownBy(() -> media().download("mid-1", directory.resolve("picture")))
                .isInstanceOf(MediaException.class);
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        describe(url("/file"), sha256());
        META.stubFor(get(urlPathEqualTo("/file"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", url("/else"))));
        META.stubFor(file("/else"));

        assertNotTaken("answered 302");
        META.verify(0, getRequestedFor(urlPathEqualTo("/else")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../me", "1/messages", "1?fields=x", ""})
    void anIdThatIsNoneIsNotAskedFor(String id) {
        assertThatThrownBy(() -> media().describe(id)).isInstanceOf(MediaException.class);
        assertThat(META.getAllServeEvents()).isEmpty();
    }

    private void assertNotTaken(String message, String... settings) throws Exception {
        assertThatThrownBy(() -> media(settings).download("mid-1", directory.resolve("picture")))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining(message);
        assertThat(files()).isEmpty();
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
