package dev.ackbox.ops;

import dev.ackbox.http.Outcome;
import dev.ackbox.http.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Counts what the public port reports. */
final class RequestMeters implements RequestObserver {

    /** The bounds that Meta states for a receiver are 250 ms in the median and 1 s for all but one in a hundred. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1)
    };

    private final MeterFamily<Timer> requests;
    private final Map<String, Function<Outcome, Timer>> requestsByEndpoint = new ConcurrentHashMap<>();
    private final Counter rejectedConnections;
    private final MeterFamily<Counter> authenticated;
    private final MeterFamily<Counter> diagnosed;
    private final MeterFamily<Counter> mismatched;
    private final AwaitedEndpoints awaited;

    RequestMeters(MeterRegistry registry, AwaitedEndpoints awaited) {
        this.awaited = awaited;
        this.requests = new MeterFamily<>(
                Timer.builder("ackbox.webhook.requests")
                        .description("Requests on the public port, from their head until their answer is ready")
                        .serviceLevelObjectives(BUCKETS)
                        .withRegistry(registry),
                List.of("endpoint", "outcome"));
        this.rejectedConnections = Counter.builder("ackbox.connections.rejected")
                .description("Connections closed at once, since their network had as many as one may have")
                .register(registry);
        this.authenticated = MeterFamily.counters(
                registry,
                "ackbox.webhook.authenticated",
                "Genuine notifications, by the secret that proved them",
                "endpoint",
                "secret");
        this.diagnosed = MeterFamily.counters(
                registry,
                "ackbox.webhook.diagnosed",
                "Samples of rejected requests, by what is wrong with them",
                "endpoint",
                "reason");
        this.mismatched = MeterFamily.counters(
                registry,
                "ackbox.webhook.mismatched",
                "Requests that did not pass a check of their sender",
                "endpoint",
                "check",
                "reason",
                "enforced");
    }

    @Override
    public void connectionRejected() {
        rejectedConnections.increment();
    }

    @Override
    public void verified(String endpoint) {
        awaited.verified(endpoint);
    }

    @Override
    public void authenticated(String endpoint, String secret) {
        authenticated.of(endpoint, secret).increment();
    }

    @Override
    public void diagnosed(String endpoint, String reason) {
        diagnosed.of(endpoint, reason).increment();
    }

    @Override
    public void mismatched(String endpoint, String check, String reason, boolean enforced) {
        mismatched.of(endpoint, check, reason, String.valueOf(enforced)).increment();
    }

    @Override
    public void answered(String endpoint, Outcome outcome, Duration duration) {
        Function<Outcome, Timer> timers = requestsByEndpoint.get(endpoint);
        if (timers == null) {
            timers = requestsByEndpoint.computeIfAbsent(endpoint, it -> requests.byConstantOf(Outcome.class, it));
        }
        timers.apply(outcome).record(duration);
    }
}
