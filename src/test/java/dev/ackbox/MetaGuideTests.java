package dev.ackbox;

import static dev.ackbox.sample.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.addresses.AddressesProperties;
import dev.ackbox.command.Settings;
import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.endpoint.EndpointsProperties;
import dev.ackbox.test.AckboxTest;
import dev.ackbox.test.SentMessage;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** The code and the settings of the guides about Meta's side. */
@Tag("slow")
class MetaGuideTests {

    @TempDir
    private Path directory;

    @Test
    void theFirstHandlerAnswers() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader classes =
                DocumentedCode.compile(DocumentedCode.of(Path.of("src/docs/first-message.md")), directory)) {
            Thread.currentThread().setContextClassLoader(classes);
            try (AckboxTest ackbox = AckboxTest.start(classes.loadClass(DocumentedCode.PACKAGE + ".Hello"))) {
                ackbox.send(text("hi"));
                ackbox.awaitHandled();
                assertThat(ackbox.meta().sent()).extracting(SentMessage::text).containsExactly("I have received: hi");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void eachCustomerHasAnEndpoint() throws Exception {
        EndpointsProperties endpoints =
                settings("solution-providers.md", "ackbox.endpoints:").bind("ackbox", EndpointsProperties.class);

        assertThat(endpoints.endpoints().get("bakery").allowedAccounts()).containsExactly("102290129340398");
        assertThat(endpoints.endpoints().get("florist").path()).isEqualTo("/webhooks/florist");
    }

    /** What the service writes is what the endpoint reads. */
    @Test
    void anEndpointReadsTheAddressesThatTheServiceRefreshes() throws Exception {
        Settings settings = settings("addresses.md", "ackbox:");

        Path file = settings.bind("ackbox.addresses", AddressesProperties.class).file();
        EndpointProperties.Addresses read = settings.bind("ackbox", EndpointsProperties.class)
                .served()
                .get("default")
                .addresses();

        assertThat(file).isEqualTo(Path.of("/etc/ackbox/meta.csv")).isEqualTo(read.file());
        assertThat(read.mode()).isEqualTo(EndpointProperties.CheckMode.REPORT);
    }

    /** Those of the block of YAML that begins with a line. */
    private static Settings settings(String page, String firstLine) throws IOException {
        Matcher block = Pattern.compile("(?m)^    " + Pattern.quote(firstLine) + "\n(?:     .*\n)+")
                .matcher(Files.readString(Path.of("src/docs", page)));
        assertThat(block.find()).isTrue();
        byte[] yaml = block.group().stripIndent().getBytes(StandardCharsets.UTF_8);
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load("guide", new ByteArrayResource(yaml))
                .forEach(source -> environment.getPropertySources().addFirst(source));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "variables",
                        Map.of("BAKERY_VERIFY_TOKEN", "b", "FLORIST_VERIFY_TOKEN", "f", "ACKBOX_APP_SECRET", "s")));
        return Settings.of(environment);
    }
}
