package dev.ackbox.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints at which a handshake or a dashboard test came, and nothing of an account so far. Meta sends to a verified URL only what the
 * app is subscribed to, which is a step of its own that many forget. Knows of what came since startup. Safe for use by several threads.
 */
final class AwaitedEndpoints implements MeterBinder {

    static final Duration PATIENCE = Duration.ofMinutes(10);

    static final String ADVICE =
            "Subscribe the app to the WhatsApp Business Account (POST /<account id>/subscribed_apps), and to the field"
                    + " 'messages' in the app dashboard";

    private static final Logger log = LoggerFactory.getLogger(AwaitedEndpoints.class);

    private final List<String> endpoints;
    private final Clock clock;
    private final Executor later;
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> sinceByEndpoint = new ConcurrentHashMap<>();

    /**
     * @param endpoints all there are
     * @param later runs a task after {@link #PATIENCE}
     */
    AwaitedEndpoints(Collection<String> endpoints, Clock clock, Executor later) {
        this.endpoints = List.copyOf(endpoints);
        this.clock = clock;
        this.later = later;
    }

    /** A handshake succeeded. */
    void verified(String endpoint) {
        await(endpoint);
    }

    /** A genuine notification is stored. */
    void received(String endpoint, boolean dashboardTest) {
        if (dashboardTest) {
            await(endpoint);
        } else if (subscribed.add(endpoint)) {
            sinceByEndpoint.remove(endpoint);
        }
    }

    private void await(String endpoint) {
        // In one step, so that what came meanwhile is not forgotten.
        sinceByEndpoint.computeIfAbsent(endpoint, any -> {
            if (subscribed.contains(endpoint)) {
                return null;
            }
            Instant now = clock.instant();
            later.execute(() -> warn(endpoint, now));
            return now;
        });
    }

    private void warn(String endpoint, Instant since) {
        if (since.equals(sinceByEndpoint.get(endpoint))) {
            log.warn(
                    "Endpoint {} was verified or tested {} minutes ago, and no notification of an account has come so far."
                            + " {}",
                    endpoint,
                    PATIENCE.toMinutes(),
                    ADVICE);
        }
    }

    /** Since when each of them waits. */
    Map<String, Instant> since() {
        return new TreeMap<>(sinceByEndpoint);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String endpoint : endpoints) {
            Gauge.builder("ackbox.webhook.awaiting", sinceByEndpoint, since -> since.containsKey(endpoint) ? 1 : 0)
                    .description("1 from a handshake or a dashboard test until the first notification of an account")
                    .tag("endpoint", endpoint)
                    .register(registry);
        }
    }
}
