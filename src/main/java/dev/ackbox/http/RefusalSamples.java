package dev.ackbox.http;

import dev.ackbox.security.SignatureDiagnosis;
import dev.ackbox.security.SignatureDiagnosis.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why requests are refused: of one at a time, about one a second, on a thread of its own. A flood of forged requests
 * costs no more than that.
 */
final class RefusalSamples implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RefusalSamples.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** What anybody on the internet may send; it is counted, but calls for nothing. */
    private static final Set<Reason> KNOCKING = Set.of(Reason.UNKNOWN, Reason.HEADER_MISSING);

    private final SignatureDiagnosis diagnosis;
    private final RequestObserver observer;
    private final Clock clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            task -> {
                Thread created = new Thread(task, "ackbox-signature-diagnosis");
                created.setDaemon(true);
                return created;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    RefusalSamples(SignatureDiagnosis diagnosis, RequestObserver observer, Clock clock) {
        this.diagnosis = diagnosis;
        this.observer = observer;
        this.clock = clock;
    }

    /** A request was refused by its headers. */
    void refused(Endpoint endpoint, Function<String, List<String>> headers) {
        if (isDue()) {
            // The request must not be touched after it was answered.
            Reason reason = diagnosis.ofHeaders(headers);
            report(endpoint, () -> reason);
        }
    }

    /** A request was refused by its body. */
    void refused(Endpoint endpoint, String header, byte[] body) {
        if (isDue()) {
            report(endpoint, () -> diagnosis.ofBody(endpoint.name(), header, body));
        }
    }

    private boolean isDue() {
        Instant now = clock.instant();
        Instant due = next.get();
        return !now.isBefore(due) && next.compareAndSet(due, now.plus(INTERVAL));
    }

    private void report(Endpoint endpoint, Supplier<Reason> diagnose) {
        thread.execute(() -> {
            Reason reason = diagnose.get();
            observer.diagnosed(endpoint.name(), reason.tag());
            if (KNOCKING.contains(reason)) {
                log.debug("Endpoint {} refuses with 401: {}", endpoint.name(), reason.tag());
            } else {
                log.warn(
                        "Endpoint {} refuses with 401 what may be genuine: {}. See 'Signatures' in operations.md",
                        endpoint.name(),
                        reason.tag());
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
