package dev.ackbox.process;

import dev.ackbox.AckboxApplication;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxRecord;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.Start;
import dev.ackbox.model.Value;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Ackbox with a handler that fails and is slow now and then, and with two consumers beside {@code handlers}. A consumer prints a
 * line when it gets a record, and another one when it is done, just before it tells the inbox.
 *
 * <p>What a record comes to depends on its id, so that it is the same after a crash.
 */
final class ConsumersApplication {

    static final String HANDLERS = ConsumerDefinition.HANDLERS.name();

    /** Slower than the records come. */
    static final String ARCHIVE = "archive";

    /** Fast; is paused and resumed. */
    static final String AUDIT = "audit";

    static final List<String> CONSUMERS = List.of(HANDLERS, ARCHIVE, AUDIT);

    /** Environment variable: how many days the clock is ahead. */
    static final String DAYS_AHEAD = "CONSUMERS_DAYS_AHEAD";

    /** Environment variable: what becomes of {@link #AUDIT}. */
    static final String COMMAND = "CONSUMERS_COMMAND";

    /** It is paused when it has been given some records. */
    static final String PAUSE = "pause";

    /** It is resumed at the start. */
    static final String RESUME = "resume";

    static final String PAUSED_LINE = "consumer " + AUDIT + " paused";

    private static final int PAUSED_AFTER = 20;

    private ConsumersApplication() {}

    public static void main(String[] args) {
        new SpringApplicationBuilder(AckboxApplication.class, Beans.class).run(args);
    }

    /** Whether handlers give a record up. */
    static boolean isHopeless(long id) {
        return id % 97 == 0;
    }

    /** Whether an attempt of handlers fails. */
    static boolean fails(long id, int attempt) {
        return (id % 10 == 3 && attempt == 1) || (id % 30 == 3 && attempt == 2);
    }

    private static void say(String consumer, String what, long id, int attempt) {
        System.out.println("consumer " + consumer + " " + what + " " + id + " " + attempt);
    }

    /** Not a configuration by annotation: the tests' own contexts would find it. */
    static final class Beans {

        @Bean
        @Primary
        Clock clockAhead() {
            return Clock.offset(
                    Clock.systemUTC(),
                    Duration.ofDays(Long.parseLong(System.getenv().getOrDefault(DAYS_AHEAD, "0"))));
        }

        @Bean
        Handler<Value> troubledHandler() {
            return new TroubledHandler();
        }

        @Bean
        Reading archive(Inbox inbox, Clock clock, MeterRegistry meters) {
            return new Reading(
                    inbox.open(new ConsumerDefinition(ARCHIVE, ARCHIVE, true), Start.OLDEST),
                    Duration.ofMillis(2),
                    clock,
                    meters);
        }

        @Bean
        Reading audit(Inbox inbox, Clock clock, MeterRegistry meters) {
            Consumer consumer = inbox.open(new ConsumerDefinition(AUDIT, AUDIT, true), Start.OLDEST);
            if (RESUME.equals(System.getenv(COMMAND))) {
                consumer.resume();
            }
            return new Reading(consumer, Duration.ZERO, clock, meters);
        }
    }

    private static final class TroubledHandler implements Handler<Value> {

        @Override
        public void handle(Value value, Received received) throws Exception {
            long id = received.recordId();
            say(HANDLERS, "given", id, received.attempt());
            if (id % 25 == 0) {
                TimeUnit.MILLISECONDS.sleep(40);
            }
            if (isHopeless(id)) {
                throw new PermanentFailureException("hopeless");
            }
            if (fails(id, received.attempt())) {
                throw new IllegalStateException();
            }
            say(HANDLERS, "done", id, received.attempt());
        }
    }

    /** A consumer and its threads, one for each lane. */
    static final class Reading {

        private final Consumer consumer;
        private final Duration pace;
        private final Clock clock;
        private final AtomicInteger untilPause =
                new AtomicInteger(PAUSE.equals(System.getenv(COMMAND)) ? PAUSED_AFTER : -1);

        Reading(Consumer consumer, Duration pace, Clock clock, MeterRegistry meters) {
            this.consumer = consumer;
            this.pace = pace;
            this.clock = clock;
            Gauge.builder("ackbox.inbox.waiting", consumer, it -> it.backlog().waiting())
                    .tag("consumer", consumer.name())
                    .register(meters);
            for (Lane lane : Lane.values()) {
                Thread thread = new Thread(() -> read(lane), consumer.name() + "-" + lane);
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void read(Lane lane) {
            try {
                while (true) {
                    @Nullable InboxRecord next = consumer.next(lane, Duration.ofSeconds(1));
                    if (next != null) {
                        handle(next);
                    }
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        private void handle(InboxRecord next) throws InterruptedException {
            long id = next.id().value();
            int attempt = next.failedAttempts() + 1;
            say(consumer.name(), "given", id, attempt);
            TimeUnit.NANOSECONDS.sleep(pace.toNanos());
            if (consumer.name().equals(ARCHIVE) && fails(id, attempt)) {
                consumer.done(next, new Outcome.Retry(clock.instant().plusMillis(20), Set.of(), "again"));
                return;
            }
            say(consumer.name(), "done", id, attempt);
            consumer.done(next, new Outcome.Completed());
            if (consumer.name().equals(AUDIT) && untilPause.decrementAndGet() == 0) {
                consumer.pause();
                System.out.println(PAUSED_LINE);
            }
        }
    }
}
