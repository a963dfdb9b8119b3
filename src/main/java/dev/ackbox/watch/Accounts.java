package dev.ackbox.watch;

import static dev.ackbox.watch.FieldRow.account;
import static dev.ackbox.watch.Label.by;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.AccountAlertsValue.Alert;
import dev.ackbox.model.account.AccountAlertsValue.Severity;
import dev.ackbox.model.account.AccountReviewValue;
import dev.ackbox.model.account.AccountSettingsValue;
import dev.ackbox.model.account.AccountSettingsValue.Calling;
import dev.ackbox.model.account.AccountUpdateValue;
import dev.ackbox.model.account.BusinessCapabilityValue;
import dev.ackbox.model.account.BusinessStatusValue;
import dev.ackbox.model.account.CampaignStatusValue;
import dev.ackbox.model.account.FlowsValue;
import dev.ackbox.model.account.FlowsValue.AlertState;
import dev.ackbox.model.account.FlowsValue.FlowStatus;
import dev.ackbox.model.account.PartnerSolutionsValue;
import dev.ackbox.model.account.PaymentConfigurationValue;
import dev.ackbox.model.account.ReviewDecision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the fields about accounts. */
final class Accounts {

    static final List<FieldRow<?>> ROWS = List.of(
            account(
                    AccountAlertsValue.class,
                    "a messaging limit, a business profile or an official business account changed",
                    value -> value.counts(
                                    "account.alerts",
                                    "Alerts",
                                    by("severity", it -> alert(it).alertSeverity()),
                                    by("type", it -> alert(it).alertType()),
                                    by("status", it -> alert(it).alertStatus()))
                            .shows("about", it -> Words.of(it.entityType()) + " " + Words.id(it.entityId()))
                            .keeps(
                                    "alerts",
                                    (it, fact) -> fact.item(
                                                    it.entityType(),
                                                    it.entityId(),
                                                    alert(it).alertType())
                                            .with("type", alert(it).alertType())
                                            .with("severity", alert(it).alertSeverity())
                                            .with("status", alert(it).alertStatus())
                                            .with("description", alert(it).alertDescription())
                                            .with("entityType", it.entityType())
                                            .with("entityId", it.entityId()))
                            .warns("active and not just informational", it -> advice(alert(it)))),
            account(
                    AccountReviewValue.class,
                    "Meta has reviewed the account",
                    value -> value.counts(
                                    "account.reviews",
                                    "Reviews of accounts",
                                    by("decision", AccountReviewValue::decision))
                            .keeps("review", (it, fact) -> fact.with("decision", it.decision()))
                            .warns(
                                    "rejected",
                                    it -> it.decision() == ReviewDecision.REJECTED,
                                    "The account cannot send messages. Appeal in Business Support Home.")),
            account(
                    AccountSettingsValue.class,
                    "settings for calling changed",
                    value -> value.counts(
                            "account.settings",
                            "Changes of settings",
                            by("type", AccountSettingsValue::type),
                            by("calling", Accounts::calling))),
            account(
                    AccountUpdateValue.class,
                    "the account violated a policy, was restricted, disabled, deleted or reconnected,"
                            + " reached a price tier, or got or lost a partner",
                    AccountUpdates::accounts,
                    AccountUpdates::rules),
            account(
                    BusinessCapabilityValue.class,
                    "you may send more or less, or have more or fewer phone numbers",
                    value -> value.counts(
                                    "account.limits",
                                    "Changes of what a business may send",
                                    by("limit", BusinessCapabilityValue::maxDailyConversationsPerBusiness))
                            .keeps(
                                    "limits",
                                    (it, fact) -> fact.with(
                                                    "maxDailyConversationsPerBusiness",
                                                    it.maxDailyConversationsPerBusiness())
                                            .with("maxDailyConversationPerPhone", it.maxDailyConversationPerPhone())
                                            .with("maxPhoneNumbersPerBusiness", it.maxPhoneNumbersPerBusiness())
                                            .with("maxPhoneNumbersPerWaba", it.maxPhoneNumbersPerWaba()))),
            account(
                    BusinessStatusValue.class,
                    "somebody else may control the business; undocumented",
                    value -> value.counts(
                                    "business.status",
                                    "What happened to businesses",
                                    by("event", BusinessStatusValue::event))
                            .keeps(
                                    "business",
                                    (it, fact) -> fact.with("event", it.event()).with("businessId", it.businessId()))
                            .warns("always", it -> advice(it.event()))),
            account(
                    PartnerSolutionsValue.class,
                    "a multi-partner solution was created or changed",
                    value -> value.shows("solution", it -> Words.id(it.solutionId()))
                            .counts(
                                    "partner.solutions",
                                    "Changes of multi-partner solutions",
                                    by("event", PartnerSolutionsValue::event),
                                    by("status", PartnerSolutionsValue::solutionStatus))
                            .warns(
                                    "declined",
                                    it -> it.solutionStatus() == PartnerSolutionsValue.Status.REJECTED,
                                    "A partner declined the solution. Talk to the partner.")
                            .warns(
                                    "deactivated, or about to be",
                                    Accounts::ends,
                                    "Customers who joined through the solution lose it. Talk to the partner.")),
            account(
                    PaymentConfigurationValue.class,
                    "a payment configuration changed (India, Brazil)",
                    value -> value.counts(
                                    "payment.configurations",
                                    "Changes of payment configurations",
                                    by("provider", PaymentConfigurationValue::providerName),
                                    by("status", PaymentConfigurationValue::status))
                            .warns(
                                    "not connected to its provider",
                                    it -> it.status() == PaymentConfigurationValue.Status.NEEDS_CONNECTING,
                                    "Connect the payment configuration to its provider in WhatsApp Manager.")),
            account(
                    FlowsValue.class,
                    "a Flow's status or health changed",
                    value -> value.shows("flow", it -> Words.id(it.flowId()))
                            .counts(
                                    "flows",
                                    "Changes and alerts of Flows",
                                    by("event", FlowsValue::event),
                                    by("state", Accounts::state))
                            .warns(
                                    "blocked or throttled",
                                    it -> it.newStatus() == FlowStatus.BLOCKED
                                            || it.newStatus() == FlowStatus.THROTTLED,
                                    "Some or all users cannot open the Flow. Fix its endpoint.")
                            .warns(
                                    "an alert begins",
                                    it -> it.alertState() == AlertState.ACTIVATED,
                                    "Meta may throttle or block the Flow. Fix the Flow or its endpoint.")
                            .warns(
                                    "its version expires",
                                    it -> it.event() == FlowsValue.Event.FLOW_VERSION_EXPIRY_WARNING,
                                    "Move the Flow to a newer version.")),
            account(
                    CampaignStatusValue.class,
                    "a campaign changed; withdrawn",
                    value -> value.counts("campaigns", "Changes of campaigns")));

    private static final Alert NO_ALERT = new Alert(null, null, null, null);

    private Accounts() {}

    private static Alert alert(AccountAlertsValue value) {
        return value.alertInfo() == null ? NO_ALERT : value.alertInfo();
    }

    private static @Nullable String advice(Alert alert) {
        if (alert.alertStatus() == AccountAlertsValue.Status.NONE || alert.alertSeverity() == Severity.INFORMATIONAL) {
            return null;
        }
        if (alert.alertType() == AccountAlertsValue.Type.PROFILE_PICTURE_LOST) {
            return "The business profile has lost its picture. Upload it again in WhatsApp Manager.";
        }
        if (alert.alertType() == AccountAlertsValue.Type.INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO) {
            return "Meta needs more information to raise the limit. Business Support Home says which.";
        }
        return "Look at the account's alerts in WhatsApp Manager.";
    }

    private static @Nullable OpenEnum<?> calling(AccountSettingsValue value) {
        Calling calling = value.phoneNumberSettings() == null
                ? null
                : value.phoneNumberSettings().calling();
        return calling == null ? null : calling.status();
    }

    private static String advice(@Nullable OpenEnum<BusinessStatusValue.Event> event) {
        return event == BusinessStatusValue.Event.COMPROMISED_NOTIFICATION
                ? "Somebody else may have access to the business portfolio."
                        + " Check who has access, and change passwords and tokens."
                : "Look at the business in Business Support Home.";
    }

    private static boolean ends(PartnerSolutionsValue value) {
        return value.solutionStatus() == PartnerSolutionsValue.Status.DEACTIVATED
                || value.solutionStatus() == PartnerSolutionsValue.Status.PENDING_DEACTIVATION;
    }

    private static @Nullable OpenEnum<?> state(FlowsValue value) {
        return value.alertState() == null ? value.newStatus() : value.alertState();
    }
}
