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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A row of the table: a field, and what Ackbox does with its values. */
final class FieldRow<V extends Value> extends Rules<V, FieldRow<V>> {

    /** Neither Meta's clock nor ours is wrong by more. */
    private static final Duration CLOCK_ERROR = Duration.ofDays(1);

    private final Topic topic;
    private final String field;
    private final Class<V> type;
    private final String news;
    private final AboutOf<V> about;
    private final Logger logger;

    /** What the facts of a value are about, which came with the id of an account or, for some, of a business portfolio. */
    interface AboutOf<V> {

        About of(V value, @Nullable String entryId);
    }

    /** The accounts of a value, which came with the id of an account or, for some, of a business portfolio. */
    interface AccountsOf<V> {

        List<String> of(V value, @Nullable String entryId);
    }

    /** The business phone number of a value, for display; formatted or not. */
    interface NumberOf<V> {

        @Nullable
        String of(V value);
    }

    private FieldRow(Topic topic, String field, Class<V> type, String news, AboutOf<V> about) {
        this.topic = topic;
        this.field = field;
        this.type = type;
        this.news = news;
        this.about = about;
        this.logger = LoggerFactory.getLogger(FieldRow.class.getPackageName() + "." + field);
    }

    static <V extends Value> FieldRow<V> conversations(Class<V> type, String news) {
        return row(Topic.CONVERSATIONS, type, news, (value, entryId) -> About.NOTHING);
    }

    static <V extends Value> FieldRow<V> account(Class<V> type, String news) {
        return account(type, news, (value, entryId) -> entryId == null ? List.of() : List.of(entryId));
    }

    /** For values that may be about other accounts than the one that they came with. */
    static <V extends Value> FieldRow<V> account(Class<V> type, String news, AccountsOf<V> accounts) {
        return row(Topic.ACCOUNTS, type, news, (value, entryId) -> About.accounts(accounts.of(value, entryId)));
    }

    static <V extends Value> FieldRow<V> phoneNumber(Class<V> type, String news, NumberOf<V> number) {
        return row(Topic.PHONE_NUMBERS, type, news, (value, entryId) -> About.phoneNumber(entryId, number.of(value)));
    }

    static <V extends TemplateValue> FieldRow<V> template(Class<V> type, String news) {
        return row(Topic.TEMPLATES, type, news, (value, entryId) -> About.template(entryId, value))
                .shows("template", value -> Words.id(value.id()));
    }

    static FieldRow<UnknownValue> unknown(String news) {
        return new FieldRow<>(Topic.UNKNOWN, "unknown", UnknownValue.class, news, (value, entryId) -> About.NOTHING);
    }

    private static <V extends Value> FieldRow<V> row(Topic topic, Class<V> type, String news, AboutOf<V> about) {
        return new FieldRow<>(topic, Fields.nameOf(type), type, news, about);
    }

    @Override
    FieldRow<V> self() {
        return this;
    }

    /** What the field is about. */
    Topic topic() {
        return topic;
    }

    /** Meta's name of the field, which also names it in settings. */
    String field() {
        return field;
    }

    /** The field's values. */
    Class<V> type() {
        return type;
    }

    /** What Meta tells by the field, for the documentation. */
    String news() {
        return news;
    }

    /** Of this field alone, so that its level can be set. */
    Logger logger() {
        return logger;
    }

    /** Applies the rules to a change. */
    Report report(Change<?> change, Instant receivedAt, WatchObserver observer) {
        V value = type.cast(change.value());
        String entryId = change.entryId();
        Report report = new Report(
                observer,
                DashboardTest.isRecognisedBy(entryId, null) ? About.NOTHING : about.of(value, entryId),
                since(change.entryTime(), receivedAt));
        apply(value, report);
        return report;
    }

    /** Meta's time, unless it cannot be right: a time in the far future would win against all later ones. */
    private static Instant since(@Nullable Instant time, Instant receivedAt) {
        return time != null && time.isAfter(Instant.EPOCH) && time.isBefore(receivedAt.plus(CLOCK_ERROR))
                ? time
                : receivedAt;
    }
}
