package dev.ackbox.test;

import static dev.ackbox.sample.Samples.order;
import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.handler.Handler;
import dev.ackbox.model.messages.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

/** The example of the README, as a reader would have it. */
@Tag("slow")
class TestKitExampleTests {

    private static final Pattern EXAMPLE = Pattern.compile("## Test your handlers.*?```java\n(.*?)```", Pattern.DOTALL);

    /** What a reader writes. */
    static class Shop {

        @Bean
        Handler<Content.Text> greeter() {
            return (text, received) -> {};
        }

        @Bean
        Handler<Content.Order> orders() {
            AtomicInteger calls = new AtomicInteger();
            return (order, received) -> {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("the database is down");
                }
            };
        }
    }

    @Test
    void aNewUserIsGreeted() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            ackbox.send(text("hello").from(user("Nadia").withoutNumber()));
            ackbox.awaitHandled();
            assertThat(ackbox.calls("greeter")).hasSize(1);
        }
    }

    @Test
    void anOrderSurvivesAnOutage() {
        try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
            ackbox.send(order("mug-blue", 2));
            ackbox.await();
            assertThat(ackbox.failed()).hasSize(1);
            ackbox.retryNow();
            ackbox.awaitHandled();
        }
    }

    @Test
    void theReadmeShowsThis() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
        assertThat(example.find()).isTrue();
        String source = Files.readString(Path.of("src/test/java/dev/ackbox/test/TestKitExampleTests.java"));
        List<String> lines = new ArrayList<>();
        source.lines().map(String::strip).forEach(lines::add);

        assertThat(lines)
                .containsSequence(example.group(1).lines().map(String::strip).toList());
    }
}
