package com.example.orderbot;

import static dev.ackbox.sample.Samples.order;
import static dev.ackbox.sample.Samples.templateStatus;
import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.test.AckboxTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handlers inside Ackbox, which finds them as it does in production. Meta's side is the test kit, the shop's a server. */
class OrderBotTests {

    private TestShop shop;
    private AckboxTest ackbox;

    @BeforeEach
    void start() throws IOException {
        shop = new TestShop();
        ackbox = AckboxTest.with().setting("order-bot.shop-url", shop.url()).start();
    }

    @AfterEach
    void stop() {
        ackbox.close();
        shop.close();
    }

    @Test
    void passesAQuestionOn() {
        ackbox.send(text("Where is my order?").from(user("Nadia").withoutNumber()));
        ackbox.awaitHandled();

        assertThat(shop.requests()).singleElement().satisfies(question -> {
            assertThat(question.path()).isEqualTo("/questions");
            assertThat(question.body().at("/user").asString())
                    .isEqualTo(user("Nadia").userId());
            assertThat(question.body().at("/text").asString()).isEqualTo("Where is my order?");
        });
    }

    @Test
    void placesAnOrderAgainWithTheSameKey() {
        shop.answerWith(503);
        ackbox.send(order("mug-blue", 2));
        ackbox.await();
        assertThat(ackbox.failed()).hasSize(1);

        shop.answerWith(200);
        ackbox.retryNow();
        ackbox.awaitHandled();
        assertThat(shop.requests()).hasSize(2);
        TestShop.Request first = shop.requests().get(0);
        assertThat(first.path()).isEqualTo("/orders");
        assertThat(first.body().at("/items/0/quantity").asInt()).isEqualTo(2);
        assertThat(first.idempotencyKey()).isNotEmpty();
        assertThat(shop.requests().get(1)).isEqualTo(first);
    }

    @Test
    void givesUpWhereTheShopDoesNotWantAnOrder() {
        shop.answerWith(422);
        ackbox.send(order("mug-green", 1));
        ackbox.await();

        assertThat(ackbox.dead())
                .singleElement()
                .satisfies(record -> assertThat(record.reason()).contains("The shop answered 422"));
    }

    @Test
    void reportsAPausedTemplate() {
        ackbox.send(templateStatus("APPROVED"), templateStatus("PAUSED"));
        ackbox.awaitHandled();

        assertThat(shop.requests())
                .singleElement()
                .satisfies(paused -> assertThat(paused.path()).isEqualTo("/paused-templates"));
    }
}
