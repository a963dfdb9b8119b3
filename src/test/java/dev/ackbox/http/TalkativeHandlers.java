package dev.ackbox.http;

import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.RetryLaterException;
import dev.ackbox.model.Value;
import dev.ackbox.model.messages.MessagesValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;

/** Brings handlers that put all that they are given into what they throw, and one that keeps it. To be named: no scan finds it. */
class TalkativeHandlers {

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> observed = new ConcurrentLinkedQueue<>();

    /** How one fails; told by a message's text. */
    enum Way {
        EXCEPTION,
        CAUSES,
        OWN_TEXT,
        ERROR,
        ENDLESS_RECURSION,
        TOO_SLOW,
        LATER,
        PERMANENT;

        String text() {
            return Canaries.text("fails by " + name() + ".");
        }
    }

    @Bean
    Handler<Value> keeping() {
        return (value, context) -> received.add(context.json().toString());
    }

    @Bean
    Handler<MessagesValue> failing() {
        return (value, received) -> {
            for (Way way : Way.values()) {
                if (received.json().toString().contains("fails by " + way + ".")) {
                    fail(way, received.json().toString());
                }
            }
        };
    }

    /** What an exporter of traces would be given. */
    @Bean
    ObservationHandler<Observation.Context> observing() {
        return new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                observed.add(context.getName() + " " + context.getContextualName() + " " + context.getAllKeyValues()
                        + " " + context.getError());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        };
    }

    Queue<String> received() {
        return received;
    }

    Queue<String> observed() {
        return observed;
    }

    private static void fail(Way way, String payload) throws Exception {
        switch (way) {
            case EXCEPTION -> throw new IllegalStateException(payload);
            case CAUSES -> {
                Exception thrown = new Exception(payload, new RuntimeException(payload, new Error(payload)));
                thrown.addSuppressed(new RuntimeException(payload));
                throw thrown;
            }
            case OWN_TEXT -> throw new OwnTextException(payload);
            case ERROR -> throw new AssertionError(payload);
            case ENDLESS_RECURSION -> fail(way, payload);
            case TOO_SLOW -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ex) {
                    throw new IllegalStateException(payload, ex);
                }
            }
            case LATER -> {
                RetryLaterException later = new RetryLaterException(Duration.ofMillis(1));
                later.initCause(new RuntimeException(payload));
                throw later;
            }
            case PERMANENT ->
                throw new PermanentFailureException("Kept: no personal data", new RuntimeException(payload));
        }
    }

    private static final class OwnTextException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OwnTextException(String message) {
            super(message);
        }

        @Override
        public String toString() {
            return getMessage();
        }

        @Override
        public String getLocalizedMessage() {
            return getMessage();
        }
    }
}
