package dev.ackbox.watch;

import dev.ackbox.model.templates.TemplateValue;
import dev.ackbox.watch.AccountFact.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of a change are about.
 *
 * @param accountIds which accounts, mostly one; empty where there are no facts
 * @param subject whether they are about the account itself
 * @param subjectId which phone number or template; empty for the account
 * @param common details that each fact has
 */
record About(List<String> accountIds, Subject subject, String subjectId, Map<String, String> common) {

    static final About NOTHING = new About(List.of(), Subject.ACCOUNT, "", Map.of());

    static About accounts(List<String> ids) {
        return new About(ids.stream().filter(Words::isId).distinct().toList(), Subject.ACCOUNT, "", Map.of());
    }

    static About phoneNumber(@Nullable String accountId, @Nullable String displayNumber) {
        String digits = displayNumber == null ? "" : displayNumber.replaceAll("[^0-9]", "");
        return of(accountId, Subject.PHONE_NUMBER, digits, Map.of());
    }

    static About template(@Nullable String accountId, TemplateValue template) {
        Details common = new Details().with("name", template.name()).with("language", template.language());
        return of(accountId, Subject.TEMPLATE, String.valueOf(template.id()), common.values());
    }

    private static About of(@Nullable String accountId, Subject subject, String subjectId, Map<String, String> common) {
        return accountId != null && Words.isId(accountId) && Words.isId(subjectId)
                ? new About(List.of(accountId), subject, subjectId, common)
                : NOTHING;
    }
}
