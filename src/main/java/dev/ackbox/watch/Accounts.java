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
                            "a messaging limit, a business profile or an official business account changed")
                    .counts(
                            "account.alerts",
                            "Alerts",
                            by("severity", it -> alert(it).alertSeverity()),
                            by("type", it -> alert(it).alertType()),
                            by("status", it -> alert(it).alertStatus()))
                    .shows("about", it -> Words.of(it.entityType()) + " " + Words.id(it.entityId()))
                    .keeps("alerts", Accounts::alert)
                    .warns("active and not just informational", it -> advice(alert(it))),
            account(AccountReviewValue.class, "Meta has reviewed the account")
                    .counts("account.reviews", "Reviews of accounts", by("decision", it -> it.decision()))
                    .keeps("review", (it, fact) -> fact.with("decision", it.decision()))
                    .warns(
                            "rejected",
                            it -> it.decision() == ReviewDecision.REJECTED,
                            "The account cannot send messages. Appeal in Business Support Home."),
            account(AccountSettingsValue.class, "settings for calling changed")
                    .counts(
                            "account.settings",
                            "Changes of settings",
                            by("type", it -> it.type()),
                            by("calling", Accounts::calling)),
            AccountUpdates.ROW,
            account(BusinessCapabilityValue.class, "you may send more or less, or have more or fewer phone numbers")
                    .counts(
                            "account.limits",
                            "Changes of what a business may send",
                            by("limit", it -> it.maxDailyConversationsPerBusiness()))
                    .keeps("limits", Accounts::limits),
            account(BusinessStatusValue.class, "somebody else may control the business; undocumented")
                    .counts("business.status", "What happened to businesses", by("event", it -> it.event()))
                    .keeps(
                            "business",
                            (it, fact) -> fact.with("event", it.event()).with("businessId", it.businessId()))
                    .warns("always", it -> advice(it.event())),
            account(PartnerSolutionsValue.class, "a multi-partner solution was created or changed")
                    .shows("solution", it -> Words.id(it.solutionId()))
                    .counts(
                            "partner.solutions",
                            "Changes of multi-partner solutions",
                            by("event", it -> it.event()),
                            by("status", it -> it.solutionStatus()))
                    .warns(
                            "declined",
                            it -> it.solutionStatus() == PartnerSolutionsValue.Status.REJECTED,
                            "A partner declined the solution. Talk to the partner.")
                    .warns(
                            "deactivated, or about to be",
                            Accounts::ends,
                            "Customers who joined through the solution lose it. Talk to the partner."),
            account(PaymentConfigurationValue.class, "a payment configuration changed (India, Brazil)")
                    .counts(
                            "payment.configurations",
                            "Changes of payment configurations",
                            by("provider", it -> it.providerName()),
                            by("status", it -> it.status()))
                    .warns(
                            "not connected to its provider",
                            it -> it.status() == PaymentConfigurationValue.Status.NEEDS_CONNECTING,
                            "Connect the payment configuration to its provider in WhatsApp Manager."),
            account(FlowsValue.class, "a Flow's status or health changed")
                    .shows("flow", it -> Words.id(it.flowId()))
                    .counts(
                            "flows",
                            "Changes and alerts of Flows",
                            by("event", it -> it.event()),
                            by("state", it -> it.alertState() == null ? it.newStatus() : it.alertState()))
                    .warns(
                            "blocked or throttled",
                            it -> it.newStatus() == FlowStatus.BLOCKED || it.newStatus() == FlowStatus.THROTTLED,
                            "Some or all users cannot open the Flow. Fix its endpoint.")
                    .warns(
                            "an alert begins",
                            it -> it.alertState() == AlertState.ACTIVATED,
                            "Meta may throttle or block the Flow. Fix the Flow or its endpoint.")
                    .warns(
                            "its version expires",
                            it -> it.event() == FlowsValue.Event.FLOW_VERSION_EXPIRY_WARNING,
                            "Move the Flow to a newer version."),
            account(CampaignStatusValue.class, "a campaign changed; withdrawn")
                    .counts("campaigns", "Changes of campaigns"));

    private static final Alert NO_ALERT = new Alert(null, null, null, null);

    private Accounts() {}

    private static Alert alert(AccountAlertsValue value) {
        return value.alertInfo() == null ? NO_ALERT : value.alertInfo();
    }

    private static void alert(AccountAlertsValue value, Details fact) {
        Alert alert = alert(value);
        fact.item(value.entityType(), value.entityId(), alert.alertType())
                .with("type", alert.alertType())
                .with("severity", alert.alertSeverity())
                .with("status", alert.alertStatus())
                .with("description", alert.alertDescription())
                .with("entityType", value.entityType())
                .with("entityId", value.entityId());
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

    private static void limits(BusinessCapabilityValue value, Details fact) {
        fact.with("maxDailyConversationsPerBusiness", value.maxDailyConversationsPerBusiness())
                .with("maxDailyConversationPerPhone", value.maxDailyConversationPerPhone())
                .with("maxPhoneNumbersPerBusiness", value.maxPhoneNumbersPerBusiness())
                .with("maxPhoneNumbersPerWaba", value.maxPhoneNumbersPerWaba());
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
}
