package dev.ackbox.ops;

import dev.ackbox.watch.AccountState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** {@code GET /actuator/whatsapp}, and {@code /actuator/whatsapp/<account>}: the current state of accounts, their phone numbers and templates, as last notified. */
@Endpoint(id = "whatsapp")
final class WhatsAppEndpoint {

    private final AccountState state;
    private final Clock clock;

    WhatsAppEndpoint(AccountState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    @ReadOperation
    Map<String, List<Map<String, Object>>> accounts() {
        return Map.of("accounts", new WhatsAppView(clock.instant()).of(state.all()));
    }

    /** One of them, for partners who have very many; absent where nothing is known of it. */
    @ReadOperation
    @Nullable
    Map<String, Object> account(@Selector String accountId) {
        return new WhatsAppView(clock.instant())
                .of(state.of(accountId)).stream().findFirst().orElse(null);
    }
}
