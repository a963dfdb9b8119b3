package dev.ackbox.process;

import dev.ackbox.AckboxApplication;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.model.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/**
 * Ackbox with a handler that notes each call at its beginning and its end, in a file of its process. What a record comes to depends on its
 * id, as in {@link ConsumersApplication}; now and then a call takes some seconds.
 */
final class ReplicaApplication {

    /** Environment variable: the file of the calls. */
    static final String CALLS = "REPLICA_CALLS";

    private ReplicaApplication() {}

    public static void main(String[] args) {
        new SpringApplicationBuilder(AckboxApplication.class, Beans.class).run(args);
    }

    /** Not a configuration by annotation: the tests' own contexts would find it. */
    static final class Beans {

        @Bean
        Handler<Value> notingHandler() throws IOException {
            return new NotingHandler(new CallFile(Path.of(System.getenv(CALLS))));
        }
    }

    private static final class NotingHandler implements Handler<Value> {

        private final CallFile calls;

        NotingHandler(CallFile calls) {
            this.calls = calls;
        }

        @Override
        public void handle(Value value, Received received) throws Exception {
            long id = received.recordId();
            long call = calls.begin(id, received.attempt(), received.stillOwned());
            work(id);
            boolean fails = ConsumersApplication.fails(id, received.attempt());
            boolean isHopeless = ConsumersApplication.isHopeless(id);
            calls.end(call, received.stillOwned(), !fails && !isHopeless);
            if (isHopeless) {
                throw new PermanentFailureException("hopeless");
            }
            if (fails) {
                throw new IllegalStateException();
            }
        }

        private static void work(long id) throws InterruptedException {
            if (id % 400 == 7) {
                TimeUnit.SECONDS.sleep(2);
            } else if (id % 25 == 0) {
                TimeUnit.MILLISECONDS.sleep(40);
            }
        }
    }
}
