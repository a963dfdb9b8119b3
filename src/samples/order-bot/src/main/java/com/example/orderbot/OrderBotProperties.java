package com.example.orderbot;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of these handlers. They stand in Ackbox's {@code config/application.yml}, or in the environment.
 *
 * @param shopUrl where the shop takes orders and questions, such as {@code https://shop.example.com/api}
 * @param timeout how long an answer of the shop may take; less than {@code ackbox.dispatch.handler-timeout}
 */
@Validated
@ConfigurationProperties("order-bot")
public record OrderBotProperties(
        @NotNull URI shopUrl, @DefaultValue("5s") Duration timeout) {}
