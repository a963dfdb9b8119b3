package dev.ackbox.http;

import dev.ackbox.security.SignatureDiagnosis;
import dev.ackbox.security.SignatureDiagnosis.Reason;
import dev.ackbox.security.SignatureScheme;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out why requests are rejected with 401: of about one a second for each endpoint, of those
 * rejected by their headers and of those rejected by their bodies, before it is answered. A flood of forged requests costs no more than that, and the memory for a diagnosis comes out of the budget that bodies share.
 */
final class RefusalSamples {

    private static final Logger log = LoggerFactory.getLogger(RefusalSamples.class);

    /** Reads a body that no signature came with. */
    @FunctionalInterface
    interface UnsignedBody {

        byte[] read() throws IOException;
    }

    private final SignatureDiagnosis diagnosis;
    private final RequestObserver observer;
    private final Throttle diagnoses;
    private final Throttle warnings;

    RefusalSamples(SignatureDiagnosis diagnosis, RequestObserver observer, Clock clock) {
        this.diagnosis = diagnosis;
        this.observer = observer;
        this.diagnoses = new Throttle(Duration.ofSeconds(1), clock);
        this.warnings = new Throttle(Duration.ofSeconds(10), clock);
    }

    /**
     * A request was rejected by its headers.
     *
     * @param body read only if the request is one of the samples
     */
    void refused(Endpoint endpoint, Function<String, List<String>> headers, UnsignedBody body) throws IOException {
        if (diagnoses.permits(endpoint.name() + " headers")) {
            report(endpoint, diagnosis.ofHeaders(headers, body.read()));
        }
    }

    /**
     * A request was rejected by its body.
     *
     * @param memory takes what the diagnosis needs; without room there is no diagnosis
     */
    void refused(Endpoint endpoint, Function<String, List<String>> headers, byte[] body, Admission.Body memory) {
        long needed = SignatureDiagnosis.isSmall(body) ? (long) SignatureDiagnosis.MEMORY_PER_BYTE * body.length : 0;
        if (diagnoses.permits(endpoint.name() + " body") && memory.take(needed)) {
            String header = String.join(",", headers.apply(SignatureScheme.META.header()));
            report(endpoint, diagnosis.ofBody(endpoint.name(), header, body));
        }
    }

    private void report(Endpoint endpoint, Reason reason) {
        observer.diagnosed(endpoint.name(), reason.tag());
        if (!reason.mayBeMeta()) {
            log.debug("Endpoint {} rejects with 401: {}", endpoint.name(), reason.tag());
        } else if (warnings.permits(endpoint.name() + " " + reason.tag())) {
            log.warn(
                    "Endpoint {} rejects with 401 what may come from Meta: {} ({})",
                    endpoint.name(),
                    reason.meaning(),
                    reason.tag());
        }
    }
}
