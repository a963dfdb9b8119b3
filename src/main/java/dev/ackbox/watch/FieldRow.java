package dev.ackbox.watch;

import dev.ackbox.inbox.DashboardTest;
import dev.ackbox.model.Change;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import dev.ackbox.model.templates.TemplateValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A row of the table: a field, and what Ackbox does with its values.
 *
 * @param topic what the field is about
 * @param field Meta's name of it
 * @param type its values
 * @param notice what Meta notifies of, for the documentation
 * @param about what the facts of a value are about
 * @param rules what Ackbox does with a value
 * @param logger of this field alone, so that its level can be set
 */
record FieldRow<V extends Value>(
        Topic topic, String field, Class<V> type, String notice, AboutOf<V> about, Rules<V> rules, Logger logger) {

    /** Names the row of what has no type. */
    static final String UNKNOWN = "unknown";

    /** Neither Meta's clock nor ours is wrong by more. */
    private static final Duration CLOCK_ERROR = Duration.ofDays(1);

    /** What the facts of a value are about. */
    interface AboutOf<V> {

        /**
         * Tells what they are about.
         *
         * @param entryId an account, for some fields a business portfolio
         */
        About of(V value, @Nullable String entryId);
    }

    /** The accounts of a value. */
    interface AccountsOf<V> {

        /**
         * Tells which.
         *
         * @param entryId an account, for some values a business portfolio
         */
        List<String> of(V value, @Nullable String entryId);
    }

    /** The business phone number of a value, for display; formatted or not. */
    interface NumberOf<V> {

        @Nullable
        String of(V value);
    }

    static <V extends Value> FieldRow<V> conversations(Class<V> type, String notice, Consumer<Rules<V>> rules) {
        return row(Topic.CONVERSATIONS, type, notice, (value, entryId) -> About.NOTHING, rules);
    }

    static <V extends Value> FieldRow<V> account(Class<V> type, String notice, Consumer<Rules<V>> rules) {
        return account(type, notice, (value, entryId) -> entryId == null ? List.of() : List.of(entryId), rules);
    }

    /** For values that may be about other accounts than the one of their entry. */
    static <V extends Value> FieldRow<V> account(
            Class<V> type, String notice, AccountsOf<V> accounts, Consumer<Rules<V>> rules) {
        return row(
                Topic.ACCOUNTS, type, notice, (value, entryId) -> About.accounts(accounts.of(value, entryId)), rules);
    }

    static <V extends Value> FieldRow<V> phoneNumber(
            Class<V> type, String notice, NumberOf<V> number, Consumer<Rules<V>> rules) {
        return row(
                Topic.PHONE_NUMBERS,
                type,
                notice,
                (value, entryId) -> About.phoneNumber(entryId, number.of(value)),
                rules);
    }

    static <V extends TemplateValue> FieldRow<V> template(Class<V> type, String notice, Consumer<Rules<V>> rules) {
        return row(
                Topic.TEMPLATES,
                type,
                notice,
                (value, entryId) -> About.template(entryId, value),
                all -> rules.accept(all.shows("template", value -> Words.id(value.messageTemplateId()))));
    }

    static FieldRow<UnknownValue> unknown(String notice, Consumer<Rules<UnknownValue>> rules) {
        return row(Topic.UNKNOWN, UNKNOWN, UnknownValue.class, notice, (value, entryId) -> About.NOTHING, rules);
    }

    private static <V extends Value> FieldRow<V> row(
            Topic topic, Class<V> type, String notice, AboutOf<V> about, Consumer<Rules<V>> rules) {
        return row(topic, Fields.nameOf(type), type, notice, about, rules);
    }

    private static <V extends Value> FieldRow<V> row(
            Topic topic, String field, Class<V> type, String notice, AboutOf<V> about, Consumer<Rules<V>> rules) {
        Logger logger = LoggerFactory.getLogger(FieldRow.class.getPackageName() + "." + field);
        return new FieldRow<>(topic, field, type, notice, about, Rules.of(rules), logger);
    }

    /** Applies the rules to a change. */
    Report report(Change<?> change, Instant receivedAt, WatchObserver observer) {
        V value = type.cast(change.value());
        String entryId = change.entryId();
        Report report = new Report(
                observer,
                DashboardTest.isRecognisedBy(entryId, null) ? About.NOTHING : about.of(value, entryId),
                since(change.entryTime(), receivedAt));
        rules.apply(value, report);
        return report;
    }

    /** Meta's time, unless it cannot be right: a time in the far future would win against all later ones. */
    private static Instant since(@Nullable Instant time, Instant receivedAt) {
        return time != null && time.isAfter(Instant.EPOCH) && time.isBefore(receivedAt.plus(CLOCK_ERROR))
                ? time
                : receivedAt;
    }
}
