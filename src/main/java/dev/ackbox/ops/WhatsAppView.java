package dev.ackbox.ops;

import dev.ackbox.watch.AccountFact;
import dev.ackbox.watch.AccountFact.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Facts as a person reads them: by account, and within it by phone number and template. */
final class WhatsAppView {

    /** Details of each fact about a template; shown once, beside the template's id. */
    private static final List<String> COMMON = List.of("name", "language");

    /** Meta never lifts some alerts, violations and restrictions that have no end. */
    private static final Duration STALE_AFTER = Duration.ofDays(90);

    private final Instant now;

    /**
     * Creates a view.
     *
     * @param now by which restrictions may have ended
     */
    WhatsAppView(Instant now) {
        this.now = now;
    }

    List<Map<String, Object>> of(List<AccountFact> facts) {
        Map<String, List<AccountFact>> byAccount = new TreeMap<>();
        facts.forEach(fact -> byAccount
                .computeIfAbsent(fact.accountId(), id -> new ArrayList<>())
                .add(fact));
        return byAccount.entrySet().stream()
                .map(account -> account(account.getKey(), account.getValue()))
                .toList();
    }

    private Map<String, Object> account(String id, List<AccountFact> facts) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("id", id);
        account.put("lastChange", lastChange(facts));
        account.putAll(kinds(of(Subject.ACCOUNT, facts).getOrDefault("", List.of())));
        account.put("phoneNumbers", list("displayPhoneNumber", of(Subject.PHONE_NUMBER, facts)));
        Map<String, List<AccountFact>> templates = of(Subject.TEMPLATE, facts);
        templates.values().removeIf(WhatsAppView::isDeleted);
        account.put("templates", list("id", templates));
        return account;
    }

    private static boolean isDeleted(List<AccountFact> ofTemplate) {
        return ofTemplate.stream()
                .anyMatch(fact -> fact.kind().equals("status")
                        && "DELETED".equals(fact.details().get("event")));
    }

    private static Map<String, List<AccountFact>> of(Subject subject, List<AccountFact> facts) {
        Map<String, List<AccountFact>> bySubject = new TreeMap<>();
        for (AccountFact fact : facts) {
            if (fact.subject() == subject) {
                bySubject
                        .computeIfAbsent(fact.subjectId(), id -> new ArrayList<>())
                        .add(fact);
            }
        }
        return bySubject;
    }

    private List<Map<String, Object>> list(String idName, Map<String, List<AccountFact>> facts) {
        List<Map<String, Object>> list = new ArrayList<>();
        facts.forEach((id, about) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put(idName, id);
            COMMON.forEach(name -> latest(name, about).ifPresent(value -> each.put(name, value)));
            each.put("lastChange", lastChange(about));
            each.putAll(kinds(about));
            list.add(each);
        });
        return list;
    }

    private static Optional<String> latest(String name, List<AccountFact> facts) {
        return facts.stream()
                .filter(fact ->
                        fact.subject() == Subject.TEMPLATE && fact.details().containsKey(name))
                .max(Comparator.comparing(AccountFact::since))
                .map(fact -> fact.details().get(name));
    }

    private static Instant lastChange(Collection<AccountFact> facts) {
        return facts.stream().map(AccountFact::since).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private Map<String, Object> kinds(List<AccountFact> facts) {
        Map<String, Object> kinds = new LinkedHashMap<>();
        for (AccountFact fact : facts) {
            if (!fact.holds()) {
                continue; // it was lifted
            }
            if (!fact.hasItem()) {
                kinds.put(fact.kind(), details(fact));
            } else {
                @SuppressWarnings("unchecked") // all facts of a kind are items, or none is
                List<Object> items = (List<Object>) kinds.computeIfAbsent(fact.kind(), name -> new ArrayList<>());
                items.add(details(fact));
            }
        }
        return kinds;
    }

    private Map<String, Object> details(AccountFact fact) {
        Map<String, Object> details = new LinkedHashMap<>(fact.details());
        if (fact.subject() == Subject.TEMPLATE) {
            details.keySet().removeAll(COMMON);
        }
        if (fact.kind().equals("restrictions")) {
            String expiration = fact.details().get("expiration");
            details.put(
                    "active", expiration == null || Instant.parse(expiration).isAfter(now));
        }
        if (fact.kind().equals("ban")) {
            details.put("active", !"REINSTATE".equals(fact.details().get("state")));
        }
        details.put("since", fact.since());
        if (fact.hasItem()) {
            Duration age = Duration.between(fact.since(), now);
            details.put("ageDays", Math.max(0, age.toDays()));
            details.put(
                    "stale", age.compareTo(STALE_AFTER) > 0 && !fact.details().containsKey("expiration"));
        }
        return details;
    }
}
