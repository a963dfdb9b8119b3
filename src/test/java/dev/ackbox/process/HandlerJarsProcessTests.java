package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.JarBuilder;
import dev.ackbox.SignedClient;
import dev.ackbox.process.Notification.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars with handlers beside the packaged service. */
class HandlerJarsProcessTests {

    private static final Duration FAILED_START = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Path handlers;

    @BeforeEach
    void makeTheDirectory() throws IOException {
        handlers = Files.createDirectory(directory.resolve("handlers"));
    }

    /** An auto-configuration with one bean. */
    private static JarBuilder configuration(String name, String bean) throws IOException {
        return JarBuilder.forThisVersion().listing("com.example." + name).source("com.example." + name, """
                package com.example;

                import dev.ackbox.handler.Handler;
                import dev.ackbox.model.messages.MessagesValue;
                import org.springframework.boot.autoconfigure.AutoConfiguration;
                import org.springframework.context.annotation.Bean;

                @AutoConfiguration
                public class %s {

                    @Bean
                    %s
                }
                """.formatted(
                        name, bean));
    }

    private AbstractStringAssert<?> assertFailure() {
        try (AckboxProcess ackbox = AckboxProcess.in(directory).start()) {
            assertThat(ackbox.awaitExit(FAILED_START)).isEqualTo(1);
            return assertThat(ackbox.output())
                    .containsOnlyOnce("APPLICATION FAILED TO START")
                    .containsOnlyOnce("Action:")
                    .doesNotContainPattern("(?m)^\\s+at \\S+\\(");
        }
    }

    @Test
    void handlersUseLibrariesBesideThem() throws Exception {
        Path library =
                JarBuilder.empty().source("com.example.money.Money", """
                        package com.example.money;

                        public record Money(long cents) {}
                        """).build(handlers.resolve("lib/money.jar"));
        configuration("Shop", """
                        Handler<MessagesValue> tills() {
                            return (value, received) -> System.out.println(new com.example.money.Money(42));
                        }
                        """).using(library).build(handlers.resolve("shop.jar"));
        try (AckboxProcess ackbox = AckboxProcess.in(directory).start().awaitReady()) {
            assertThat(ackbox.output())
                    .contains(
                            "Handler tills takes dev.ackbox.model.messages.MessagesValue, of com.example.Shop in shop.jar");
            new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET)
                    .post(Notification.of(List.of(Item.message("wamid.1", "15550001111", "hello")))
                            .body());
            ackbox.awaitNothingWaits();
            assertThat(ackbox.output()).contains("Money[cents=42]");
        }
    }

    @Test
    void namesACorruptJar() throws IOException {
        Files.writeString(handlers.resolve("shop.jar"), "not a jar");
        assertFailure().contains("The handler jar 'handlers/shop.jar' cannot be read: ");
    }

    @Test
    void namesTheSourcesOfTwoBeansOfOneName() throws IOException {
        String orders = "Handler<MessagesValue> orders() { return (value, received) -> {}; }";
        configuration("Shop", orders).build(handlers.resolve("shop.jar"));
        configuration("Market", orders).build(handlers.resolve("market.jar"));
        assertFailure()
                .contains(
                        "Two beans have the name 'orders': ",
                        "com.example.Shop in shop.jar",
                        "com.example.Market in market.jar");
    }

    @Test
    void namesTheSourceOfAHandlerOfAnImpossibleType() throws IOException {
        configuration("Shop", "Handler<java.time.Instant> orders() { return (value, received) -> {}; }")
                .build(handlers.resolve("shop.jar"));
        assertFailure().contains("'orders' of com.example.Shop in shop.jar");
    }
}
