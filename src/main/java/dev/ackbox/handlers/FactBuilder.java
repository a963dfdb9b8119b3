package dev.ackbox.handlers;

import dev.ackbox.handlers.Fact.Subject;
import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.templates.TemplateValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a fact together from a change. Test notifications of the app dashboard, whose account is {@code 0}, come to none. */
final class FactBuilder {

    private static final String TEST_ACCOUNT = "0";

    private static final int LONGEST_TEXT = 500;

    /** A clock of the platform, or ours, is not wrong by more. */
    private static final Duration FASTEST_CLOCK = Duration.ofDays(1);

    private final @Nullable String accountId;
    private final Subject subject;
    private final @Nullable String subjectId;
    private final Instant since;
    private final Map<String, String> details = new LinkedHashMap<>();

    private FactBuilder(
            Change<?> change,
            ChangeContext context,
            @Nullable String accountId,
            Subject subject,
            @Nullable String subjectId) {
        boolean isKnown = accountId != null && Labels.isId(accountId) && !TEST_ACCOUNT.equals(change.entryId());
        this.accountId = isKnown ? accountId : null;
        this.subject = subject;
        this.subjectId = subjectId;
        this.since = since(change, context);
    }

    /** About the account of a change. */
    static FactBuilder ofAccount(Change<?> change, ChangeContext context) {
        return ofAccount(change.entryId(), change, context);
    }

    /** About an account that is not the one of the change's entry. */
    static FactBuilder ofAccount(@Nullable String accountId, Change<?> change, ChangeContext context) {
        return new FactBuilder(change, context, accountId, Subject.ACCOUNT, "");
    }

    static FactBuilder ofPhoneNumber(@Nullable String displayNumber, Change<?> change, ChangeContext context) {
        // Some are formatted and some are not.
        String digits = displayNumber == null ? "" : displayNumber.replaceAll("[^0-9]", "");
        return new FactBuilder(
                change, context, change.entryId(), Subject.PHONE_NUMBER, Labels.isId(digits) ? digits : null);
    }

    static FactBuilder ofTemplate(Change<? extends TemplateValue> change, ChangeContext context) {
        TemplateValue template = change.value();
        Long id = template.id();
        return new FactBuilder(change, context, change.entryId(), Subject.TEMPLATE, id == null ? null : id.toString())
                .with("name", template.name())
                .with("language", template.language());
    }

    /** The platform's time, unless it cannot be: one of the far future would hold out against whatever comes later. */
    private static Instant since(Change<?> change, ChangeContext context) {
        Instant time = change.entryTime();
        Instant receivedAt = context.receivedAt();
        return time != null && time.isAfter(Instant.EPOCH) && time.isBefore(receivedAt.plus(FASTEST_CLOCK))
                ? time
                : receivedAt;
    }

    FactBuilder with(String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, cut(value instanceof OpenEnum<?> word ? word.name() : value.toString()));
        }
        return this;
    }

    /** Keeps the fact; does nothing where it is not known what it is about. */
    void keep(AccountState state, String aspect) {
        keep(state, aspect, "", details);
    }

    /**
     * Keeps the fact as one of several of its aspect.
     *
     * @param names what tells it from the others: their words as they came, since two that are new are not the same
     */
    void keep(AccountState state, String aspect, @Nullable Object... names) {
        String item = Stream.of(names)
                .map(name -> name instanceof OpenEnum<?> word ? word.name() : String.valueOf(name))
                .collect(Collectors.joining(" "));
        keep(state, aspect, item, details);
    }

    /** Keeps that nothing of this aspect holds any more. */
    void drop(AccountState state, String aspect) {
        keep(state, aspect, "", Map.of());
    }

    /** Keeps that one of several of an aspect holds no more. */
    void drop(AccountState state, String aspect, OpenEnum<?> name) {
        keep(state, aspect, name.name(), Map.of());
    }

    private void keep(AccountState state, String aspect, String item, Map<String, String> about) {
        if (accountId != null && subjectId != null) {
            state.keep(new Fact(accountId, subject, subjectId, aspect, cut(item), since, about));
        }
    }

    /** The state holds one value for each thing, whose size is thus bounded too. */
    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
