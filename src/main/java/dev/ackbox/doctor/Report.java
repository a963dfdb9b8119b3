package dev.ackbox.doctor;

import dev.ackbox.doctor.Check.Place;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the checks have found, in their order. */
final class Report {

    /** How a check came out. */
    enum State {
        OK("ok"),
        FINDING("finding"),
        COULD_NOT_CHECK("could not check");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    /**
     * A line of the report.
     *
     * @param detail what was found
     * @param advice what to do; absent where there is nothing to do
     */
    record Line(
            Check check,
            State state,
            String detail,
            @Nullable String advice) {}

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final List<Line> lines = new ArrayList<>();

    void ok(Check check, String detail) {
        lines.add(new Line(check, State.OK, detail, null));
    }

    void finding(Check check, String detail, String advice) {
        lines.add(new Line(check, State.FINDING, detail, advice));
    }

    void couldNotCheck(Check check, String detail, String advice) {
        lines.add(new Line(check, State.COULD_NOT_CHECK, detail, advice));
    }

    void couldNotCheck(Place place, String detail, String advice) {
        for (Check check : Check.values()) {
            if (check.place() == place) {
                couldNotCheck(check, detail, advice);
            }
        }
    }

    /** Of the checks that have no line yet. */
    void couldNotCheckRest(String detail, String advice) {
        for (Check check : Check.values()) {
            if (lines.stream().noneMatch(line -> line.check() == check)) {
                couldNotCheck(check, detail, advice);
            }
        }
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    long findings() {
        return lines.stream().filter(line -> line.state() == State.FINDING).count();
    }

    /** For people. What could not be checked for one and the same reason is one line. */
    void print(PrintWriter out) {
        @Nullable Place place = null;
        @Nullable Line before = null;
        for (Line line : lines) {
            if (line.check().place() != place) {
                place = line.check().place();
                out.println((before == null ? "" : "\n") + place.title());
            } else if (before != null
                    && line.state() == State.COULD_NOT_CHECK
                    && line.detail().equals(before.detail())) {
                continue;
            }
            boolean isWholePlace = isWholePlace(line);
            out.println(String.format(
                    Locale.ROOT,
                    "  %-16s %-16s %s",
                    line.state().words,
                    isWholePlace ? "all" : line.check().label(),
                    line.detail()));
            if (line.advice() != null) {
                out.println("                                   " + "-> " + line.advice());
            }
            before = line;
        }
        long unknown = lines.stream()
                .filter(line -> line.state() == State.COULD_NOT_CHECK)
                .count();
        out.printf(
                Locale.ROOT,
                "%n%d %s%s%n",
                findings(),
                findings() == 1 ? "finding" : "findings",
                unknown == 0 ? "" : ", " + unknown + " could not be checked");
    }

    private boolean isWholePlace(Line line) {
        return line.state() == State.COULD_NOT_CHECK
                && lines.stream()
                        .filter(each -> each.check().place() == line.check().place())
                        .allMatch(each -> each.detail().equals(line.detail()));
    }

    String json() {
        ObjectNode all = JSON.createObjectNode().put("findings", findings());
        ArrayNode checks = all.putArray("checks");
        for (Line line : lines) {
            checks.addObject()
                    .put("place", line.check().place().name().toLowerCase(Locale.ROOT))
                    .put("check", line.check().label())
                    .put("state", line.state().words)
                    .put("detail", line.detail())
                    .put("advice", line.advice());
        }
        return JSON.writeValueAsString(all);
    }
}
