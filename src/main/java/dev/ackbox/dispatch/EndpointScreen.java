package dev.ackbox.dispatch;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.inbox.DashboardTest;
import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.messages.MessageStatus;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Screens by what each endpoint's settings say. The signature proves which app a notification comes from, not which account;
 * that is checked here. Test notifications of the app dashboard always pass: their ids belong to no account (observed).
 */
final class EndpointScreen implements Screen {

    private final Map<String, Rules> rules;

    /** Which accounts, phone numbers and statuses go to handlers; an empty set stands for all. */
    record Rules(Set<String> accounts, Set<String> phoneNumbers, Set<MessageStatus> statuses) {

        static Rules of(EndpointProperties endpoint) {
            return new Rules(
                    Set.copyOf(endpoint.allowedAccounts()),
                    Set.copyOf(endpoint.allowedPhoneNumbers()),
                    Set.copyOf(endpoint.forwardStatuses()));
        }
    }

    /** @param rules by the endpoint's name */
    EndpointScreen(Map<String, Rules> rules) {
        this.rules = Map.copyOf(rules);
    }

    @Override
    public Verdict of(String endpoint, Change<?> change) {
        Rules its = rules.get(endpoint);
        if (its == null) {
            return new Verdict.Handle();
        }
        String phoneNumber = phoneNumberOf(change);
        if (!DashboardTest.isRecognisedBy(change.entryId(), phoneNumber)) {
            if (!its.accounts().isEmpty() && change.accountIds().stream().noneMatch(its.accounts()::contains)) {
                return new Verdict.Quarantine("its account is not allowed at endpoint " + endpoint);
            }
            if (phoneNumber != null
                    && !its.phoneNumbers().isEmpty()
                    && !its.phoneNumbers().contains(phoneNumber)) {
                return new Verdict.Quarantine("its phone number is not allowed at endpoint " + endpoint);
            }
        }
        return isUnwanted(change, its.statuses()) ? new Verdict.Skip() : new Verdict.Handle();
    }

    private static @Nullable String phoneNumberOf(Change<?> change) {
        JsonNode value = change.json();
        JsonNode id = value.path("metadata").path("phone_number_id");
        JsonNode orOfHandover = id.isMissingNode() ? value.path("recipient").path("phone_number_id") : id;
        return orOfHandover.isValueNode() && !orOfHandover.isNull() ? orOfHandover.asString() : null;
    }

    /** Only where there is nothing in it but statuses that nobody wants. */
    private static boolean isUnwanted(Change<?> change, Set<MessageStatus> wanted) {
        if (wanted.isEmpty() || !(change.value() instanceof MessagesValue value)) {
            return false;
        }
        List<Status> statuses = value.statuses();
        return !statuses.isEmpty()
                && value.messages().isEmpty()
                && value.paymentStatuses().isEmpty()
                && value.errors().isEmpty()
                && value.userActions().isEmpty()
                && statuses.stream().noneMatch(status -> isWanted(status.status(), wanted));
    }

    /** One without a word, or with a word that is new, is not held back. */
    private static boolean isWanted(@Nullable OpenEnum<?> status, Set<MessageStatus> wanted) {
        return !(status instanceof MessageStatus known) || wanted.contains(known);
    }
}
