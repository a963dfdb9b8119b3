package dev.ackbox.http;

import static dev.ackbox.sample.Samples.text;
import static dev.ackbox.sample.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.ServiceTest;
import dev.ackbox.SignedClient;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.model.Value;
import dev.ackbox.sample.Sample;
import dev.ackbox.sample.SampleWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Handlers that compute, as many as there are processors, do not stop acknowledgements. */
@ServiceTest
@Import(SpinningHandlersTests.Spinning.class)
class SpinningHandlersTests {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @LocalServerPort
    private int port;

    @Autowired
    private Spinning handler;

    @Autowired
    private Consumer handlers;

    private final SampleWriter samples = SampleWriter.withMessageIds();
    private SignedClient client;

    @BeforeEach
    void createClient() {
        client = SignedClient.ofServiceTest(port);
    }

    /** Computes until it is released. */
    static final class Spinning implements Handler<Value> {

        private final AtomicBoolean released = new AtomicBoolean();
        private final AtomicInteger atWork = new AtomicInteger();

        @Override
        public void handle(Value value, Received received) {
            atWork.incrementAndGet();
            while (!released.get()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void acknowledgementsGoOn() throws Exception {
        for (int i = 0; i < PROCESSORS; i++) {
            assertThat(send(i)).isEqualTo(200);
        }
        await().until(() -> handler.atWork.get() == PROCESSORS);
        try {
            for (int i = PROCESSORS; i < PROCESSORS + 50; i++) {
                assertThat(send(i)).isEqualTo(200);
            }
        } finally {
            handler.released.set(true);
        }
        await().until(() -> handlers.backlog().waiting() == 0);
    }

    /** Each is of a user of its own. */
    private int send(int number) throws Exception {
        Sample hello = text("hello").from(user("user " + number));
        return client.post(samples.write(List.of(hello), Instant.EPOCH)).statusCode();
    }
}
