package dev.ackbox.handlers;

import dev.ackbox.handlers.Fact.Subject;
import dev.ackbox.model.Change;
import dev.ackbox.model.TemplateValue;
import dev.ackbox.model.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a fact together from a change. Test notifications of the app dashboard, whose account is {@code 0}, come to none. */
final class FactBuilder {

    private static final String TEST_ACCOUNT = "0";

    /** A clock of the platform, or ours, is not wrong by more. */
    private static final Duration FASTEST_CLOCK = Duration.ofDays(1);

    private final @Nullable String accountId;
    private final Subject subject;
    private final @Nullable String subjectId;
    private final Instant since;
    private final Map<String, String> details = new LinkedHashMap<>();

    private FactBuilder(@Nullable String accountId, Subject subject, @Nullable String subjectId, Instant since) {
        this.accountId = accountId;
        this.subject = subject;
        this.subjectId = subjectId;
        this.since = since;
    }

    /** About the account of a change. */
    static FactBuilder ofAccount(Change<?> change, ChangeContext context) {
        return ofAccount(change.entryId(), change, context);
    }

    /** About an account that is not the one of the change's entry. */
    static FactBuilder ofAccount(@Nullable String accountId, Change<?> change, ChangeContext context) {
        return new FactBuilder(accountId, Subject.ACCOUNT, "", since(change, context));
    }

    static FactBuilder ofPhoneNumber(@Nullable String displayNumber, Change<?> change, ChangeContext context) {
        return new FactBuilder(change.entryId(), Subject.PHONE_NUMBER, displayNumber, since(change, context));
    }

    static FactBuilder ofTemplate(Change<? extends TemplateValue> change, ChangeContext context) {
        TemplateValue template = change.value();
        Long id = template.messageTemplateId();
        return new FactBuilder(
                        change.entryId(), Subject.TEMPLATE, id == null ? null : id.toString(), since(change, context))
                .with("name", template.messageTemplateName())
                .with("language", template.messageTemplateLanguage());
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
            details.put(name, value instanceof Word<?> word ? word.name() : value.toString());
        }
        return this;
    }

    /** Keeps the fact; does nothing where it is not known what it is about. */
    void keep(AccountState state, String aspect) {
        keep(state, aspect, "");
    }

    void keep(AccountState state, String aspect, String item) {
        if (accountId != null && subjectId != null && !accountId.equals(TEST_ACCOUNT)) {
            state.keep(new Fact(accountId, subject, subjectId, aspect, item, since, details));
        }
    }
}
