package com.example.orderbot;

import dev.ackbox.handler.Handler;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.templates.TemplateStatusValue;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Declares the handlers. Their beans begin with a name of their own, since all jars share one Spring context. */
@AutoConfiguration
@EnableConfigurationProperties(OrderBotProperties.class)
public class OrderBotConfiguration {

    @Bean
    Shop orderBotShop(OrderBotProperties properties) {
        return new Shop(properties);
    }

    /** Passes texts to the shop's inbox for questions. */
    @Bean
    Handler<Content.Text> orderBotQuestions(Shop shop) {
        return (text, received) -> shop.post(
                "/questions",
                received.idempotencyKey(),
                Map.of("user", received.user().key(), "text", text.body()));
    }

    /** Places orders. */
    @Bean
    Handler<Content.Order> orderBotOrders(Shop shop) {
        return (order, received) -> shop.post(
                "/orders",
                received.idempotencyKey(),
                Map.of("user", received.user().key(), "items", order.productItems()));
    }

    /** Tells the shop to stop a campaign whose template can no longer be sent. */
    @Bean
    Handler<TemplateStatusValue> orderBotTemplates(Shop shop) {
        return (template, received) -> {
            if (template.event() == TemplateStatusValue.Event.PAUSED
                    || template.event() == TemplateStatusValue.Event.DISABLED) {
                shop.post("/paused-templates", received.idempotencyKey(), Map.of("name", template.name()));
            }
        };
    }
}
