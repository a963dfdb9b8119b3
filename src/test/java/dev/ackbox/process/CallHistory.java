package dev.ackbox.process;

import dev.ackbox.process.Platform.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The calls of all replicas beside what was stored, what was acknowledged and what went wrong. */
final class CallHistory {

    private final Map<Long, StoredItem> items;
    private final Map<String, Receipt> receipts;
    private final List<Incident> incidents;

    /** In the order in which they began, by record. */
    private final Map<Long, List<Call>> calls;

    /**
     * An item as it is stored.
     *
     * @param conversation what no two calls may be about at the same time
     * @param lane it keeps its order in, within the conversation
     */
    record StoredItem(String name, long conversation, int lane) {}

    /** Two calls of which the first one began earlier. */
    record Pair(Call first, Call second) {}

    CallHistory(
            List<Call> calls, Map<Long, StoredItem> items, Map<String, Receipt> receipts, List<Incident> incidents) {
        this.items = items;
        this.receipts = receipts;
        this.incidents = incidents;
        this.calls = calls.stream()
                .sorted(Comparator.comparing(Call::begin))
                .collect(Collectors.groupingBy(Call::recordId, TreeMap::new, Collectors.toList()));
    }

    /** Ids of records that a handler has succeeded with. */
    Set<Long> done() {
        return calls.values().stream()
                .flatMap(List::stream)
                .filter(Call::isDone)
                .map(Call::recordId)
                .collect(Collectors.toSet());
    }

    Set<Long> given() {
        return calls.keySet();
    }

    /** Calls of a record whose outcome an earlier call had already come to. */
    List<Pair> repeats() {
        List<Pair> repeats = new ArrayList<>();
        calls.values().forEach(all -> {
            for (int i = 1; i < all.size(); i++) {
                Pair pair = new Pair(all.get(i - 1), all.get(i));
                if (pair.first().isDone()
                        || pair.second().attempt() <= pair.first().attempt()) {
                    repeats.add(pair);
                }
            }
        });
        return repeats;
    }

    /** What lost the outcome of the first of two calls; absent where nothing can have. */
    @Nullable
    Incident whyRepeated(Pair repeat) {
        return incidents.stream()
                .filter(incident -> incident.mayLoseOutcomeOf(repeat.first())
                        || (!repeat.second().wasOwned() && incident.mayEndLeaseDuring(repeat.second())))
                .findFirst()
                .orElse(null);
    }

    /** Calls of one conversation that ran at the same time. */
    List<Pair> overlaps() {
        List<Pair> overlaps = new ArrayList<>();
        byItem(StoredItem::conversation).values().forEach(ofOne -> {
            List<Call> running = new ArrayList<>();
            for (Call next : ofOne) {
                running.removeIf(call -> !call.end().isAfter(next.begin()));
                running.forEach(call -> overlaps.add(new Pair(call, next)));
                running.add(next);
            }
        });
        return overlaps;
    }

    /** Whether the lease of one of two calls ended while it ran. */
    boolean isExplained(Pair overlap) {
        return hasLostItsLease(overlap.first()) || hasLostItsLease(overlap.second());
    }

    private boolean hasLostItsLease(Call call) {
        return !call.isOwned() && incidents.stream().anyMatch(incident -> incident.mayEndLeaseDuring(call));
    }

    /**
     * First calls of records of a conversation and lane in the wrong order: that of the second one began later, although that
     * record had been acknowledged before the other one was sent.
     */
    List<Pair> disorder() {
        record Place(long conversation, int lane) {}
        List<Pair> disorder = new ArrayList<>();
        byItem(item -> new Place(item.conversation(), item.lane())).values().forEach(ofOne -> {
            Call lastSent = null;
            Instant sent = Instant.MIN;
            for (Call next : ofOne) {
                Receipt receipt = receipt(next);
                if (receipt == null || calls.get(next.recordId()).get(0) != next) {
                    continue;
                }
                if (lastSent != null && receipt.acknowledged().isBefore(sent)) {
                    disorder.add(new Pair(lastSent, next));
                }
                if (receipt.sent().isAfter(sent)) {
                    sent = receipt.sent();
                    lastSent = next;
                }
            }
        });
        return disorder;
    }

    /** How long each acknowledged item waited for its first call, in order. */
    List<Duration> waits() {
        return calls.values().stream()
                .map(all -> all.get(0))
                .filter(call -> receipt(call) != null)
                .map(call -> Duration.between(receipt(call).acknowledged(), call.begin()))
                .sorted()
                .toList();
    }

    /**
     * For each replica that was killed or frozen while nothing else happened for a while: the longest time from then to the first call of
     * something that was acknowledged right after that. In order.
     */
    List<Duration> takeovers(Duration atMost) {
        return incidents.stream()
                .filter(incident -> incident.kind().isOfAReplicaThatKeepsItsShares() && isAlone(incident, atMost))
                .flatMap(incident -> longestTakeover(incident, atMost.dividedBy(3)).stream())
                .sorted()
                .toList();
    }

    private boolean isAlone(Incident incident, Duration time) {
        return incidents.stream()
                .noneMatch(other -> other != incident
                        && other.to().isAfter(incident.from().minus(time))
                        && other.from().isBefore(incident.from().plus(time)));
    }

    private Optional<Duration> longestTakeover(Incident incident, Duration acknowledgedWithin) {
        return calls.values().stream()
                .map(all -> all.get(0))
                .filter(call ->
                        isAcknowledged(call, incident.from(), incident.from().plus(acknowledgedWithin)))
                .map(call -> Duration.between(incident.from(), call.begin()))
                .max(Comparator.naturalOrder());
    }

    private boolean isAcknowledged(Call call, Instant from, Instant until) {
        Receipt receipt = receipt(call);
        return receipt != null
                && receipt.acknowledged().isAfter(from)
                && receipt.acknowledged().isBefore(until);
    }

    private @Nullable Receipt receipt(Call call) {
        StoredItem item = items.get(call.recordId());
        return item == null ? null : receipts.get(item.name());
    }

    /** All calls in the order in which they began, by something that their items have in common. */
    private <K> Map<K, List<Call>> byItem(Function<StoredItem, K> key) {
        Map<K, List<Call>> groups = new HashMap<>();
        calls.values().stream()
                .flatMap(List::stream)
                .filter(call -> items.containsKey(call.recordId()))
                .sorted(Comparator.comparing(Call::begin))
                .forEach(
                        call -> groups.computeIfAbsent(key.apply(items.get(call.recordId())), same -> new ArrayList<>())
                                .add(call));
        return groups;
    }
}
