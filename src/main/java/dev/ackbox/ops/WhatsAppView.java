package dev.ackbox.ops;

import dev.ackbox.handlers.Fact;
import dev.ackbox.handlers.Fact.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Facts as a person reads them: by account, and in it by phone number and template. */
final class WhatsAppView {

    /** What each fact about a template tells; it stands beside the template's id. */
    private static final List<String> COMMON = List.of("name", "language");

    private final Instant now;

    /** @param now by which restrictions may have ended */
    WhatsAppView(Instant now) {
        this.now = now;
    }

    List<Map<String, Object>> of(List<Fact> facts) {
        Map<String, List<Fact>> byAccount = new TreeMap<>();
        facts.forEach(fact -> byAccount
                .computeIfAbsent(fact.accountId(), id -> new ArrayList<>())
                .add(fact));
        return byAccount.entrySet().stream()
                .map(account -> account(account.getKey(), account.getValue()))
                .toList();
    }

    private Map<String, Object> account(String id, List<Fact> facts) {
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("id", id);
        account.put("lastChange", lastChange(facts));
        account.putAll(aspects(of(Subject.ACCOUNT, facts).getOrDefault("", List.of())));
        account.put("phoneNumbers", list("displayPhoneNumber", of(Subject.PHONE_NUMBER, facts)));
        account.put("templates", list("id", of(Subject.TEMPLATE, facts)));
        return account;
    }

    private static Map<String, List<Fact>> of(Subject subject, List<Fact> facts) {
        Map<String, List<Fact>> bySubject = new TreeMap<>();
        for (Fact fact : facts) {
            if (fact.subject() == subject) {
                bySubject
                        .computeIfAbsent(fact.subjectId(), id -> new ArrayList<>())
                        .add(fact);
            }
        }
        return bySubject;
    }

    private List<Map<String, Object>> list(String idName, Map<String, List<Fact>> facts) {
        List<Map<String, Object>> list = new ArrayList<>();
        facts.forEach((id, about) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put(idName, id);
            COMMON.forEach(name -> latest(name, about).ifPresent(value -> each.put(name, value)));
            each.put("lastChange", lastChange(about));
            each.putAll(aspects(about));
            list.add(each);
        });
        return list;
    }

    private static Optional<String> latest(String name, List<Fact> facts) {
        return facts.stream()
                .filter(fact ->
                        fact.subject() == Subject.TEMPLATE && fact.details().containsKey(name))
                .max(Comparator.comparing(Fact::since))
                .map(fact -> fact.details().get(name));
    }

    private static Instant lastChange(Collection<Fact> facts) {
        return facts.stream().map(Fact::since).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private Map<String, Object> aspects(List<Fact> facts) {
        Map<String, Object> aspects = new LinkedHashMap<>();
        for (Fact fact : facts) {
            if (fact.details().isEmpty()) {
                continue; // it holds no more
            }
            if (fact.item().isEmpty()) {
                aspects.put(fact.aspect(), details(fact));
            } else {
                @SuppressWarnings("unchecked") // an aspect has items in each of its facts, or in none
                List<Object> items = (List<Object>) aspects.computeIfAbsent(fact.aspect(), name -> new ArrayList<>());
                items.add(details(fact));
            }
        }
        return aspects;
    }

    private Map<String, Object> details(Fact fact) {
        Map<String, Object> details = new LinkedHashMap<>(fact.details());
        if (fact.subject() == Subject.TEMPLATE) {
            details.keySet().removeAll(COMMON);
        }
        if (fact.aspect().equals("restrictions")) {
            String expiration = fact.details().get("expiration");
            details.put(
                    "active", expiration == null || Instant.parse(expiration).isAfter(now));
        }
        if (fact.aspect().equals("ban")) {
            details.put("active", !"REINSTATE".equals(fact.details().get("state")));
        }
        details.put("since", fact.since());
        return details;
    }
}
