package dev.ackbox.http;

import dev.ackbox.security.SignatureDiagnosis;
import dev.ackbox.security.SignatureDiagnosis.Reason;
import dev.ackbox.security.SignatureScheme;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why requests are rejected with 401: of about one a second, before it is answered. A flood of forged requests costs no
 * more than that, and the memory for a diagnosis comes out of the budget that bodies share.
 */
final class RefusalSamples {

    private static final Logger log = LoggerFactory.getLogger(RefusalSamples.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** What anybody on the internet may send; it is counted, but calls for nothing. */
    private static final Set<Reason> KNOCKING = Set.of(Reason.UNKNOWN, Reason.HEADER_MISSING);

    private final SignatureDiagnosis diagnosis;
    private final RequestObserver observer;
    private final Clock clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

    RefusalSamples(SignatureDiagnosis diagnosis, RequestObserver observer, Clock clock) {
        this.diagnosis = diagnosis;
        this.observer = observer;
        this.clock = clock;
    }

    /** A request was rejected by its headers. */
    void refused(Endpoint endpoint, Function<String, List<String>> headers) {
        if (isDue()) {
            report(endpoint, diagnosis.ofHeaders(headers));
        }
    }

    /**
     * A request was rejected by its body.
     *
     * @param memory takes what the diagnosis needs; without room there is no diagnosis
     */
    void refused(Endpoint endpoint, Function<String, List<String>> headers, byte[] body, Admission.Body memory) {
        long needed = SignatureDiagnosis.isSmall(body) ? (long) SignatureDiagnosis.MEMORY_PER_BYTE * body.length : 0;
        if (isDue() && memory.take(needed)) {
            String header = String.join(",", headers.apply(SignatureScheme.META.header()));
            report(endpoint, diagnosis.ofBody(endpoint.name(), header, body));
        }
    }

    private boolean isDue() {
        Instant now = clock.instant();
        Instant due = next.get();
        return !now.isBefore(due) && next.compareAndSet(due, now.plus(INTERVAL));
    }

    private void report(Endpoint endpoint, Reason reason) {
        observer.diagnosed(endpoint.name(), reason.tag());
        if (KNOCKING.contains(reason)) {
            log.debug("Endpoint {} rejects with 401: {}", endpoint.name(), reason.tag());
        } else {
            log.warn(
                    "Endpoint {} rejects with 401 what may be genuine: {}. See 'Signatures' in operations.md",
                    endpoint.name(),
                    reason.tag());
        }
    }
}
