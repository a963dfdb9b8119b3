package dev.ackbox.ops;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/drift}: what Meta sends and the model does not know. */
@Endpoint(id = "drift")
final class DriftEndpoint {

    private final Drift drift;

    DriftEndpoint(Drift drift) {
        this.drift = drift;
    }

    @ReadOperation
    Drift.Report drift() {
        return drift.report();
    }
}
