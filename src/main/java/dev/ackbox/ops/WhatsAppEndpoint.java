package dev.ackbox.ops;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/whatsapp}: the current state of accounts, their phone numbers and templates, as last notified. */
@Endpoint(id = "whatsapp")
final class WhatsAppEndpoint {

    private final StoredAccountState state;
    private final Clock clock;

    WhatsAppEndpoint(StoredAccountState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    @ReadOperation
    Map<String, List<Map<String, Object>>> accounts() {
        return Map.of("accounts", new WhatsAppView(clock.instant()).of(state.all()));
    }
}
