package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.security.AppSecret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is printed for a developer. */
@Tag("socket")
class PrintingTests {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void aPayloadIsPrintedForReading() {
        print("{\"object\":\"whatsapp_business_account\",\"entry\":[]}");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("2026-11-22T10:00:00Z default, 49 bytes")
                .contains("\"object\" : \"whatsapp_business_account\",");
    }

    @Test
    void whatIsNotJsonIsPrintedAsItIs() {
        print("hello");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("(not JSON) hello");
    }

    @Test
    void theGuidesCurlCommandIsSignedWithTheSecret() {
        LocalGuide.print(EndpointSettings.of("/hooks", List.of("demo-token"), List.of("demo-secret"), true), 8080, out);
        String guide = printed.toString(StandardCharsets.UTF_8);
        assertThat(guide)
                .contains("curl -i 'http://localhost:8080/hooks?hub.mode=subscribe&hub.verify_token=demo-token"
                        + "&hub.challenge=1158201444'");
        Matcher curl = Pattern.compile("X-Hub-Signature-256: (sha256=[0-9a-f]+)'[^']+'([^']+)'")
                .matcher(guide);
        assertThat(curl.find()).isTrue();
        String body = curl.group(2);
        assertThat(curl.group(1)).isEqualTo(new AppSecret("demo-secret").sign(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(new JsonMapper().readTree(body).path("entry").size()).isOne();
    }

    private void print(String body) {
        new PayloadPrinter(out)
                .print("default", Instant.parse("2026-11-22T10:00:00Z"), body.getBytes(StandardCharsets.UTF_8));
    }
}
