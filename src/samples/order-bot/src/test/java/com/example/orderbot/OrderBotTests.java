package com.example.orderbot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.AckboxApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The handlers inside Ackbox, between a platform that sends samples and a shop that takes what they send. */
@SpringBootTest(
        classes = AckboxApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "ackbox.warm-up=0s",
            "ackbox.endpoints.default.verify-tokens=token",
            "ackbox.endpoints.default.app-secrets=secret",
            "ackbox.dispatch.retry.initial-delay=100ms"
        })
class OrderBotTests {

    @TempDir
    private static Path data;

    private static TestShop shop;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void connect(DynamicPropertyRegistry properties) throws IOException {
        shop = new TestShop();
        properties.add("order-bot.shop-url", shop::url);
        properties.add("ackbox.inbox.sqlite.directory", () -> data);
    }

    @AfterAll
    static void closeShop() {
        shop.close();
    }

    @Test
    void passesAQuestionOn() throws Exception {
        send("text");
        TestShop.Request question = shop.next();
        assertThat(question.path()).isEqualTo("/questions");
        assertThat(question.idempotencyKey()).isNotEmpty();
        assertThat(question.body().at("/user").asString()).isEqualTo("US.3151928840276135509");
        assertThat(question.body().at("/text").asString()).startsWith("Is my order");
    }

    @Test
    void placesAnOrderAgainWhereTheShopFails() throws Exception {
        shop.answerWith(500);
        send("order");
        TestShop.Request first = shop.next();
        shop.answerWith(200);
        TestShop.Request second = shop.next();
        assertThat(first.path()).isEqualTo("/orders");
        assertThat(first.body().at("/items/0/quantity").asInt()).isEqualTo(2);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void reportsAPausedTemplate() throws Exception {
        String sample = sample("template-status").replace("APPROVED", "PAUSED");
        send(sample.getBytes(StandardCharsets.UTF_8));
        TestShop.Request paused = shop.next();
        assertThat(paused.path()).isEqualTo("/paused-templates");
        assertThat(paused.body().at("/name").asString()).isEqualTo("order_on_its_way");
    }

    private void send(String sample) throws Exception {
        send(sample(sample).getBytes(StandardCharsets.UTF_8));
    }

    private void send(byte[] body) throws Exception {
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/whatsapp"))
                .header("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac.doFinal(body)))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    /** Ackbox's library holds one body of each kind. */
    private static String sample(String name) throws IOException {
        try (InputStream sample = AckboxApplication.class.getResourceAsStream("/samples/" + name + ".json")) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
