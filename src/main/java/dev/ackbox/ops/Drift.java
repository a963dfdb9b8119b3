package dev.ackbox.ops;

import dev.ackbox.model.json.UnknownPart;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was met since the start that the model does not know. Bounded: with so many different findings, further ones are
 * counted together.
 */
final class Drift {

    private static final Logger log = LoggerFactory.getLogger(Drift.class);

    static final int MOST_FINDINGS = 1_000;

    /** Known, and deliberately not typed: data of Meta's own, and the data of user actions that nobody has documented. */
    private static final List<String> ACCEPTED = List.of("*.internal_1p_only_data", "value.user_actions[].*_data");

    private final List<Pattern> accepted;
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

    /**
     * Begins to count.
     *
     * @param accepted paths that are not reported, besides the built-in ones
     */
    Drift(List<String> accepted, Clock clock) {
        this.accepted = Stream.concat(ACCEPTED.stream(), accepted.stream())
                .map(path -> Pattern.compile("\\Q" + path.replace("*", "\\E.*\\Q") + "\\E"))
                .toList();
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Notes something; the first sighting of it is logged. Returns whether this is one. */
    boolean met(String field, UnknownPart part) {
        Key key = new Key(field, part);
        Instant now = clock.instant();
        if (findings.computeIfPresent(key, (same, known) -> known.again(now)) != null || isAccepted(part)) {
            return false;
        }
        boolean isFirst = begin(key, now);
        if (isFirst) {
            log.info(
                    "New in {}: {} at {} ({}). Handlers get it in json(); GET /actuator/drift lists all",
                    field,
                    part.kind().tag(),
                    part.path().isEmpty() ? "the top" : part.path(),
                    part.example());
        }
        return isFirst;
    }

    private boolean isAccepted(UnknownPart part) {
        return part.kind() == UnknownPart.Kind.PROPERTY
                && accepted.stream().anyMatch(path -> path.matcher(part.path()).matches());
    }

    /** One at a time, so that there are never more than there is room for. Returns whether this is the first one of its kind. */
    private synchronized boolean begin(Key key, Instant now) {
        if (findings.containsKey(key)) {
            findings.computeIfPresent(key, (same, known) -> known.again(now));
            return false;
        }
        if (findings.size() >= MOST_FINDINGS) {
            beyond.incrementAndGet();
            return false;
        }
        UnknownPart part = key.part();
        Finding finding = new Finding(key.field(), part.kind().tag(), part.path(), part.example(), 1, now, now);
        findings.put(key, finding);
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
