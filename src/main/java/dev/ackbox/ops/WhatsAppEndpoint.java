package dev.ackbox.ops;

import dev.ackbox.ops.inbox.Audit;
import dev.ackbox.watch.AccountFact;
import dev.ackbox.watch.AccountState;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
     * Takes a violation, an alert or a restriction without an end out of the view: Meta does not say when it is over. A newer one comes
     * back.
     *
     * @param item its {@code type}, or what else tells it from others of its kind
     * @return 404 where there is none, 409 where it ends by itself
     */
    @DeleteOperation
    WebEndpointResponse<Map<String, Object>> dismiss(
            SecurityContext who, @Selector String accountId, @Selector String kind, @Selector String item) {
        AccountFact fact = state.of(accountId).stream()
                .filter(next -> next.subject() == AccountFact.Subject.ACCOUNT
                        && next.kind().equals(kind)
                        && next.hasItem()
                        && next.item().equals(item)
                        && next.holds())
                .findFirst()
                .orElse(null);
        if (fact == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        if (fact.details().containsKey("expiration")) {
            return new WebEndpointResponse<>(HttpStatus.CONFLICT.value());
        }
        state.lift(fact);
        Principal principal = who.getPrincipal();
        audit.note(
                principal == null ? "unknown" : principal.getName(),
                "dismiss",
                new TreeMap<>(Map.of("account", accountId, "kind", kind, "item", item)));
        return new WebEndpointResponse<>(Map.of("dismissed", item));
    }

    /** One of them, for partners who have very many; absent where nothing is known of it. */
    @ReadOperation
    @Nullable
    Map<String, Object> account(@Selector String accountId) {
        return new WhatsAppView(clock.instant())
                .of(state.of(accountId)).stream().findFirst().orElse(null);
    }
}
