package dev.ackbox.ops;

import dev.ackbox.dispatch.Dispatcher;
import dev.ackbox.http.WarmUpPort;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.Start;
import dev.ackbox.inbox.engine.HandOverBounds;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.memory.MemoryStore;
import dev.ackbox.intake.Intake;
import dev.ackbox.intake.IntakeObserver;
import dev.ackbox.security.AppSecret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Sends synthetic notifications through the whole path, into a store in memory, before the service reports that it is ready. A JVM that
 * has compiled nothing yet answers the first seconds of full traffic too late for Meta. Nothing of it reaches the inbox, the
 * handlers, the meters or the log.
 */
final class WarmUp implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int SENDERS = 8;
    private static final Duration LONG = Duration.ofDays(9);
    private static final long BYTES = 16L << 20;

    private final Duration duration;
    private final Clock clock;

    WarmUp(Duration duration, Clock clock) {
        this.duration = duration;
        this.clock = clock;
    }

    /** A failure is no reason not to start: the first notifications are answered more slowly then. */
    @Override
    public void run(ApplicationArguments arguments) {
        if (duration.isZero()) {
            return;
        }
        try {
            long answers = warmUp();
            log.info("Warmed up with {} synthetic notifications", answers);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException ex) {
            log.warn("Warming up failed; the first notifications are answered more slowly", ex);
        }
    }

    /** Returns how many notifications were answered. */
    long warmUp() throws IOException, InterruptedException {
        String secret = UUID.randomUUID().toString();
        StoredInbox.Settings settings = new StoredInbox.Settings(
                new HandOverBounds(1_000, BYTES), BYTES, new Retention(LONG, LONG, LONG, LONG));
        try (StoredInbox inbox = StoredInbox.open(
                        MemoryStore.ofOneProcess(clock).connect("warm-up"), settings, InboxObserver.NONE, clock);
                Consumer consumer = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
                Intake intake = new Intake(inbox, IntakeObserver.NONE, Duration.ofSeconds(5));
                WarmUpPort port = WarmUpPort.open(intake, secret, clock)) {
            Dispatcher dispatcher = Dispatcher.withoutHandlers(consumer, clock);
            dispatcher.start();
            try {
                return send(port.port(), new AppSecret(secret));
            } finally {
                dispatcher.stop();
            }
        }
    }

    private long send(int port, AppSecret secret) throws InterruptedException {
        long deadline = System.nanoTime() + duration.toNanos();
        AtomicLong answers = new AtomicLong();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> answers.addAndGet(sendUntil(deadline, port, secret)), "ackbox-warm-up");
            sender.setDaemon(true);
            sender.start();
            senders.add(sender);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        return answers.get();
    }

    private long sendUntil(long deadlineNanos, int port, AppSecret secret) {
        long answers = 0;
        try {
            while (System.nanoTime() < deadlineNanos) {
                try (WarmUpSender sender = new WarmUpSender(port, secret, clock)) {
                    do {
                        answers++;
                    } while (sender.send() && System.nanoTime() < deadlineNanos);
                }
            }
        } catch (IOException ex) {
            log.debug("A connection for warming up failed", ex);
        }
        return answers;
    }
}
