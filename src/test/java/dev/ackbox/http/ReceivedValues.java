package dev.ackbox.http;

import dev.ackbox.handler.Handler;
import dev.ackbox.model.Value;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Brings a handler named {@code keeping}, which keeps what it is given. */
@TestConfiguration(proxyBeanMethods = false)
class ReceivedValues {

    private final Queue<Value> all = new ConcurrentLinkedQueue<>();

    @Bean
    Handler<Value> keeping() {
        return (value, received) -> all.add(value);
    }

    Queue<Value> all() {
        return all;
    }
}
