package dev.ackbox.ops;

import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.NewRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the last message and the last status came for each business phone number, and for which of them nothing has come for too long.
 * Begins anew with each start: until something has come for a number, its silence counts from the start.
 */
final class Traffic implements AutoCloseable {

    /** Of further numbers nothing is known: each has gauges of its own. */
    static final int MOST_NUMBERS = 200;

    private static final Logger log = LoggerFactory.getLogger(Traffic.class);
    private static final String MESSAGES = "messages";
    private static final long INTERVAL_SECONDS = 30;

    private final TrafficProperties properties;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Instant start;
    private final Map<String, Arrivals> numbers = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread looking = new Thread(task, "ackbox-traffic");
        looking.setDaemon(true);
        return looking;
    });

    /** What has come for a number; absent where nothing has. */
    private static final class Arrivals {

        private volatile @Nullable Instant message;
        private volatile @Nullable Instant status;

        private Instant last(Instant start) {
            Instant last = start;
            for (Instant next : new @Nullable Instant[] {message, status}) {
                last = next != null && next.isAfter(last) ? next : last;
            }
            return last;
        }
    }

    Traffic(TrafficProperties properties, MeterRegistry registry, Clock clock) {
        this.properties = properties;
        this.registry = registry;
        this.clock = clock;
        this.start = clock.instant();
        properties.maxSilenceOf().keySet().stream().sorted().forEach(this::add);
        Gauge.builder("ackbox.traffic.silent", silent, Set::size)
                .description("Business phone numbers for which nothing has come for longer than it may")
                .register(registry);
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** A record is durable. */
    void seen(NewRecord record) {
        String phoneNumber = record.phoneNumber();
        if (phoneNumber == null || !record.field().equals(MESSAGES)) {
            return;
        }
        Arrivals number = numbers.get(phoneNumber);
        number = number == null ? add(phoneNumber) : number;
        if (number != null && record.lane() == Lane.STATUSES) {
            number.status = record.receivedAt();
        } else if (number != null) {
            number.message = record.receivedAt();
        }
    }

    private synchronized @Nullable Arrivals add(String phoneNumber) {
        Arrivals known = numbers.get(phoneNumber);
        if (known != null || numbers.size() >= MOST_NUMBERS) {
            return known;
        }
        Arrivals added = new Arrivals();
        numbers.put(phoneNumber, added);
        gauge(phoneNumber, "message", added);
        gauge(phoneNumber, "status", added);
        return added;
    }

    private void gauge(String phoneNumber, String kind, Arrivals number) {
        boolean ofMessage = kind.equals("message");
        Gauge.builder("ackbox.traffic.age", number, it -> age(ofMessage ? it.message : it.status))
                .description("Time since the last message or status came for a business phone number")
                .baseUnit("seconds")
                .tag("phone_number", phoneNumber)
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }

    private double age(@Nullable Instant last) {
        return last == null
                ? Double.NaN
                : Math.max(0, Duration.between(last, clock.instant()).toMillis() / 1000.0);
    }

    /** Looks for which numbers nothing has come for too long. */
    void look() {
        try {
            Instant now = clock.instant();
            numbers.forEach((phoneNumber, number) -> {
                Duration most = properties.maxSilence(phoneNumber);
                Duration silence = Duration.between(number.last(start), now);
                if (most.isZero() || silence.compareTo(most) <= 0) {
                    if (silent.remove(phoneNumber)) {
                        log.info("Phone number {}: something has come again", phoneNumber);
                    }
                } else if (silent.add(phoneNumber)) {
                    log.warn(
                            "Phone number {}: no message and no status for more than {}. Check the webhook and its subscription",
                            phoneNumber,
                            most);
                }
            });
        } catch (Throwable ex) { // an Error too: otherwise it would have been the last look
            log.error("Looking for phone numbers without traffic failed; trying again", ex);
        }
    }

    /** Numbers for which nothing has come for longer than it may. */
    List<String> silent() {
        return List.copyOf(new TreeSet<>(silent));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
