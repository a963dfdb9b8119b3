package dev.ackbox.ops;

import dev.ackbox.model.json.UnknownPart;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was met since the start that the model does not know. Bounded: with so many different findings, further ones are
 * counted together.
 */
final class Drift {

    static final int MOST_FINDINGS = 1_000;

    private final Clock clock;
    private final Instant since;
    private final Map<Key, Finding> findings = new ConcurrentHashMap<>();
    private final AtomicLong beyond = new AtomicLong();

    private record Key(String field, UnknownPart part) {}

    /**
     * Something that the model does not know.
     *
     * @param field in a notification of which field
     * @param kind what it is
     * @param path where it stands
     * @param example the word, or the type of the JSON; never the content
     * @param count in how many changes
     * @param first when it was met first since the start
     * @param last when it was met last
     */
    record Finding(String field, String kind, String path, String example, long count, Instant first, Instant last) {

        private Finding again(Instant now) {
            return new Finding(field, kind, path, example, count + 1, first, now.isAfter(last) ? now : last);
        }
    }

    /**
     * All of it.
     *
     * @param since when counting began
     * @param findings what occurs most first
     * @param beyond how often something was met that there was no room for
     */
    record Report(Instant since, List<Finding> findings, long beyond) {}

    Drift(Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    void met(String field, UnknownPart part) {
        Key key = new Key(field, part);
        Instant now = clock.instant();
        if (findings.computeIfPresent(key, (same, known) -> known.again(now)) == null && !begin(key, now)) {
            beyond.incrementAndGet();
        }
    }

    /** One at a time, so that there are never more than there is room for. Returns false where there is none. */
    private synchronized boolean begin(Key key, Instant now) {
        if (findings.size() >= MOST_FINDINGS && !findings.containsKey(key)) {
            return false;
        }
        UnknownPart part = key.part();
        Finding finding = new Finding(key.field(), part.kind().tag(), part.path(), part.example(), 1, now, now);
        findings.merge(key, finding, (known, ignored) -> known.again(now));
        return true;
    }

    Report report() {
        return new Report(
                since,
                findings.values().stream()
                        .sorted(Comparator.comparingLong(Finding::count)
                                .reversed()
                                .thenComparing(Finding::field)
                                .thenComparing(Finding::path)
                                .thenComparing(Finding::kind)
                                .thenComparing(Finding::example))
                        .toList(),
                beyond.get());
    }
}
