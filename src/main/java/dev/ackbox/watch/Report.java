package dev.ackbox.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what one change has for the operator. Counts at once. Used by one thread. */
final class Report {

    private final WatchObserver observer;
    private final About about;
    private final Instant since;
    private final StringBuilder description = new StringBuilder();
    private final List<AccountFact> facts = new ArrayList<>();
    private @Nullable String advice;

    Report(WatchObserver observer, About about, Instant since) {
        this.observer = observer;
        this.about = about;
        this.since = since;
    }

    WatchObserver observer() {
        return observer;
    }

    void count(WatchMeter meter, List<String> labels) {
        observer.counted(meter, labels);
    }

    /** Shows something in the log, unless there is none of it. */
    void show(String name, String text) {
        if (!text.equals(Words.NONE)) {
            description.append(", ").append(name).append(' ').append(text);
        }
    }

    /** Advises the operator, unless there is advice already. */
    void advise(@Nullable String text) {
        advice = advice == null ? text : advice;
    }

    void keep(String kind, Details details) {
        Map<String, String> values = new LinkedHashMap<>(about.common());
        values.putAll(details.values());
        add(kind, details.item(), values);
    }

    void lift(String kind, String item) {
        add(kind, item, Map.of());
    }

    private void add(String kind, String item, Map<String, String> details) {
        for (String accountId : about.accountIds()) {
            facts.add(new AccountFact(accountId, about.subject(), about.subjectId(), kind, item, since, details));
        }
    }

    /** Begins with a comma where there is anything to show. */
    String description() {
        return description.toString();
    }

    @Nullable
    String advice() {
        return advice;
    }

    List<AccountFact> facts() {
        return facts;
    }
}
