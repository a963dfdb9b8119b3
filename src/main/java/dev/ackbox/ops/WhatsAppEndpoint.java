package dev.ackbox.ops;

import dev.ackbox.ops.inbox.Audit;
import dev.ackbox.watch.AccountFact;
import dev.ackbox.watch.AccountState;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;

/** {@code GET /actuator/whatsapp}, and {@code /actuator/whatsapp/<account>}: the current state of accounts, their phone numbers and templates, as last notified. */
@Endpoint(id = "whatsapp")
final class WhatsAppEndpoint {

    private static final String NO_TYPE = "unknown";

    private final AccountState state;
    private final Audit audit;
    private final Clock clock;

    WhatsAppEndpoint(AccountState state, Audit audit, Clock clock) {
        this.audit = audit;
        this.state = state;
        this.clock = clock;
    }

    @ReadOperation
    Map<String, List<Map<String, Object>>> accounts() {
        return Map.of("accounts", new WhatsAppView(clock.instant()).of(state.all()));
    }

    /**
     * Takes violations, alerts or restrictions without an end out of the view: Meta does not say when they are over. A newer one comes
     * back.
     *
     * @param type as the view shows it, or {@code unknown} where it shows none
     * @param entity the only entity that it is about; absent for all of the type
     * @return 404 where there is none, 409 where it ends by itself
     */
    @DeleteOperation
    WebEndpointResponse<Map<String, Object>> dismiss(
            SecurityContext who,
            @Selector String accountId,
            @Selector String kind,
            @Selector String type,
            @Nullable String entity) {
        List<AccountFact> facts = state.of(accountId).stream()
                .filter(fact -> fact.subject() == AccountFact.Subject.ACCOUNT
                        && fact.kind().equals(kind)
                        && fact.hasItem()
                        && fact.holds()
                        && type.equals(fact.details().getOrDefault("type", NO_TYPE))
                        && (entity == null || entity.equals(fact.details().get("entityId"))))
                .toList();
        if (facts.isEmpty()) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (facts.stream().anyMatch(fact -> fact.details().containsKey("expiration"))) {
            return new WebEndpointResponse<>(HttpStatus.CONFLICT.value());
        }
        Principal principal = who.getPrincipal();
        AtomicInteger count = new AtomicInteger();
        Map<String, Object> details =
                new TreeMap<>(Map.of("account", accountId, "kind", kind, "type", type, "count", count));
        audit.note(principal == null ? "unknown" : principal.getName(), "dismiss", details, () -> {
            facts.forEach(fact -> {
                state.lift(fact);
                count.incrementAndGet();
            });
            return count;
        });
        return new WebEndpointResponse<>(Map.of("dismissed", type, "count", count.get()));
    }

    /** One of them, for partners who have very many; absent where nothing is known of it. */
    @ReadOperation
    @Nullable
    Map<String, Object> account(@Selector String accountId) {
        return new WhatsAppView(clock.instant())
                .of(state.of(accountId)).stream().findFirst().orElse(null);
    }
}
