package dev.ackbox.http;

import dev.ackbox.handlers.ChangeContext;
import dev.ackbox.handlers.ChangeHandler;
import dev.ackbox.model.Change;
import dev.ackbox.model.Value;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Brings a handler named {@code keeping}, which keeps what it is given. */
@TestConfiguration(proxyBeanMethods = false)
class ReceivedChanges {

    private final Queue<Change<?>> all = new ConcurrentLinkedQueue<>();

    @Bean
    ChangeHandler<Value> keeping() {
        return (Change<Value> change, ChangeContext context) -> all.add(change);
    }

    Queue<Change<?>> all() {
        return all;
    }
}
