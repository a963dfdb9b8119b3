package dev.ackbox.ops.inbox;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.ConsumerDefinition;
import dev.ackbox.inbox.IdempotencyKey;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.Subject;
import dev.ackbox.inbox.Subject.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as it came, in a query or in a body: texts by name.
 *
 * @param values not empty each
 */
record FilterValues(Map<String, String> values) {

    /** All that there are. */
    static final Set<String> NAMES = Set.of(
            "message",
            "user",
            "group",
            "account",
            "phone-number",
            "field",
            "endpoint",
            "consumer",
            "state",
            "key",
            "from",
            "to");

    /** Dead letters have a state. */
    static final Set<String> NAMES_OF_DEAD = without("state");

    /** What has become of a record does not count for a replay. */
    static final Set<String> NAMES_OF_REPLAY = without("state", "consumer");

    private static final Map<String, Kind> SUBJECTS = subjects();
    private static final int KEY_DIGITS = 40;

    private static Set<String> without(String... others) {
        return NAMES.stream().filter(name -> !List.of(others).contains(name)).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Kind> subjects() {
        Map<String, Kind> subjects = new LinkedHashMap<>();
        subjects.put("message", Kind.MESSAGE);
        subjects.put("user", Kind.USER);
        subjects.put("group", Kind.GROUP);
        return subjects;
    }

    FilterValues {
        values = Map.copyOf(values);
        values.forEach((name, value) -> {
            if (value.isBlank()) {
                throw new BadRequestException("'" + name + "' must not be empty");
            }
        });
    }

    /** What it asks for. */
    RecordFilter toFilter(Archive archive) {
        return new RecordFilter(
                consumer(archive),
                Set.of(),
                state(),
                key(),
                toSubjects(),
                new Source(
                        values.get("endpoint"), values.get("field"), values.get("account"), values.get("phone-number")),
                time("from"),
                time("to"));
    }

    private String consumer(Archive archive) {
        String name = values.getOrDefault("consumer", ConsumerDefinition.HANDLERS.name());
        Set<String> known = archive.consumers();
        if (!known.contains(name)) {
            throw new BadRequestException("'consumer' is not known. Known are: " + String.join(", ", known));
        }
        return name;
    }

    private @Nullable RecordState state() {
        String value = values.get("state");
        if (value == null) {
            return null;
        }
        return Arrays.stream(RecordState.values())
                .filter(state -> lowerCase(state).equals(value))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("'state' must be one of: "
                        + Arrays.stream(RecordState.values())
                                .map(FilterValues::lowerCase)
                                .collect(Collectors.joining(", "))));
    }

    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private @Nullable IdempotencyKey key() {
        String value = values.get("key");
        if (value == null) {
            return null;
        }
        if (value.length() != KEY_DIGITS || !value.matches("[0-9a-fA-F]+")) {
            throw new BadRequestException("'key' must have " + KEY_DIGITS + " hexadecimal digits");
        }
        return IdempotencyKey.fromBytes(HexFormat.of().parseHex(value));
    }

    private List<Subject> toSubjects() {
        List<Subject> subjects = new ArrayList<>();
        SUBJECTS.forEach((name, kind) -> {
            String value = values.get(name);
            if (value != null) {
                subjects.add(kind == Kind.USER ? user(value) : new Subject(kind, value));
            }
        });
        return subjects;
    }

    /** A phone number as people write it is digits alone to Meta; anything else is a business-scoped id. */
    static Subject user(String value) {
        boolean isNumber = value.matches("[ +]?[0-9][0-9 ().-]*");
        return new Subject(Kind.USER, isNumber ? value.replaceAll("[^0-9]", "") : value);
    }

    private @Nullable Instant time(String name) {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        try {
            if (!value.matches("[0-9]{4}-.*")) { // a year of more digits may be further away than milliseconds can say
                throw new DateTimeParseException("Not a year of four digits", value, 0);
            }
            return value.contains("T")
                    // A plus in a query is a blank once it is decoded.
                    ? OffsetDateTime.parse(value.replace(' ', '+')).toInstant()
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException ex) {
            throw new BadRequestException(
                    "'" + name + "' must be a time such as 2026-11-29T08:00:00Z, or a date such as 2026-11-29 (UTC)");
        }
    }

    /** For the audit: what is personal stands there as a digest. */
    Map<String, String> withoutPersonalData(Archive archive) {
        Map<String, String> shown = new LinkedHashMap<>(values);
        for (Subject subject : toSubjects()) {
            shown.put(lowerCase(subject.kind()), archive.digest(subject));
        }
        return shown;
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "FilterValues" + values.keySet();
    }
}
