package dev.ackbox.watch;

import static dev.ackbox.watch.Label.by;

import dev.ackbox.model.account.AccountUpdateValue;
import dev.ackbox.model.account.AccountUpdateValue.Ban;
import dev.ackbox.model.account.AccountUpdateValue.BanState;
import dev.ackbox.model.account.AccountUpdateValue.Certification;
import dev.ackbox.model.account.AccountUpdateValue.CertificationStatus;
import dev.ackbox.model.account.AccountUpdateValue.Disconnection;
import dev.ackbox.model.account.AccountUpdateValue.Event;
import dev.ackbox.model.account.AccountUpdateValue.Restriction;
import dev.ackbox.model.account.AccountUpdateValue.RestrictionType;
import dev.ackbox.model.account.AccountUpdateValue.Violation;
import dev.ackbox.model.account.AccountUpdateValue.ViolationType;
import dev.ackbox.model.account.AccountUpdateValue.WabaInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of the field {@code account_update}, which is about many things. */
final class AccountUpdates {

    private static final String LOOK = "Look at the account in Business Support Home.";

    /** The account was connected to the platform, or disconnected from it. */
    private static final Set<Event> CONNECTION =
            Set.of(Event.ACCOUNT_DELETED, Event.ACCOUNT_OFFBOARDED, Event.ACCOUNT_RECONNECTED);

    /** The entry's id is that of the partner's business portfolio, not of an account. */
    private static final Set<Event> OF_PORTFOLIO = Set.of(
            Event.AD_ACCOUNT_LINKED,
            Event.MM_LITE_TERMS_SIGNED,
            Event.PARTNER_ADDED,
            Event.PARTNER_APP_INSTALLED,
            Event.PARTNER_APP_UNINSTALLED,
            Event.PARTNER_CLIENT_CERTIFICATION_NEEDED,
            Event.PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE,
            Event.PARTNER_REMOVED);

    static final FieldRow<AccountUpdateValue> ROW = FieldRow.account(
                    AccountUpdateValue.class,
                    "the account violated a policy, was restricted, disabled, deleted or reconnected,"
                            + " reached a price tier, or got or lost a partner",
                    AccountUpdates::accounts)
            .counts("account.events", "Changes of accounts", by("event", it -> it.event()))
            .keeps("update", (it, fact) -> fact.with("event", it.event()).with("country", it.country()))
            .when(it -> isOf(CONNECTION, it), part -> part.keeps("connection", AccountUpdates::connection))
            .with(it -> it.wabaInfo(), waba -> waba.shows("account", it -> Words.id(it.wabaId())))
            .with(it -> it.banInfo(), AccountUpdates::ban)
            .each(it -> it.restrictionInfo(), AccountUpdates::restriction)
            .with(it -> it.violationInfo(), AccountUpdates::violation)
            .with(it -> it.disconnectionInfo(), AccountUpdates::disconnection)
            .with(it -> it.partnerClientCertificationInfo(), AccountUpdates::certification)
            .warns("another event that you should act on", AccountUpdates::advice);

    private AccountUpdates() {}

    /** The accounts that a value is about; none where only the partner's portfolio is named. */
    private static List<String> accounts(AccountUpdateValue value, @Nullable String entryId) {
        WabaInfo waba = value.wabaInfo();
        // The account whose number is used, and the one that the business owns (observed).
        boolean isOfBoth = value.event() == Event.BUSINESS_VERIFICATION_NEEDED;
        boolean isOfEntry = waba == null ? !isOf(OF_PORTFOLIO, value) : isOfBoth;
        return Stream.of(isOfEntry ? entryId : null, waba == null ? null : waba.wabaId())
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean isOf(Set<Event> events, AccountUpdateValue value) {
        return value.event() instanceof Event event && events.contains(event);
    }

    private static void connection(AccountUpdateValue value, Details fact) {
        Disconnection disconnection = value.disconnectionInfo();
        fact.with("event", value.event())
                .with("reason", disconnection == null ? null : disconnection.reason())
                .with("initiatedBy", disconnection == null ? null : disconnection.initiatedBy());
    }

    private static void disconnection(Part<Disconnection> part) {
        part.shows("reason", it -> Words.of(it.reason())).shows("by", it -> Words.of(it.initiatedBy()));
    }

    private static void ban(Part<Ban> part) {
        part.counts("account.bans", "Accounts disabled or reinstated", by("state", it -> it.wabaBanState()))
                .keeps(
                        "ban",
                        (it, fact) -> fact.with("state", it.wabaBanState()).with("date", it.wabaBanDate()))
                .warns("disabled, or about to be", AccountUpdates::advice);
    }

    private static @Nullable String advice(Ban ban) {
        if (ban.wabaBanState() == BanState.DISABLE) {
            return "Meta has disabled the account, and it cannot send messages. Appeal in Business Support Home.";
        }
        if (ban.wabaBanState() == BanState.SCHEDULE_FOR_DISABLE) {
            return "Meta is going to disable the account. Appeal in Business Support Home before it does.";
        }
        return ban.wabaBanState() == BanState.REINSTATE ? null : LOOK;
    }

    private static void restriction(Part<Restriction> part) {
        part.countsOnly("account.restrictions", "Restrictions put on accounts", by("type", it -> it.restrictionType()))
                .shows("restriction", it -> Words.of(it.restrictionType()))
                .shows(
                        "until",
                        it -> it.expiration() == null
                                ? Words.NONE
                                : it.expiration().toString())
                .keeps(
                        "restrictions",
                        (it, fact) -> fact.item(it.restrictionType())
                                .with("type", it.restrictionType())
                                .with("expiration", it.expiration())
                                .with("remediation", it.remediation()))
                .warns(
                        "a restriction",
                        it -> true,
                        "What is restricted fails until the restriction ends. Business Support Home gives the reason.");
    }

    private static void violation(Part<Violation> part) {
        part.countsOnly("account.violations", "Violations of Meta's policies", by("type", it -> it.violationType()))
                .shows("violation", it -> Words.of(it.violationType()))
                .when(AccountUpdates::isLift, AccountUpdates::lift)
                .when(it -> !isLift(it), AccountUpdates::newViolation);
    }

    private static void lift(Part<Violation> part) {
        part.lifts("violations", ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN.name())
                .lifts("restrictions", RestrictionType.RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES.name());
    }

    private static void newViolation(Part<Violation> part) {
        part.keeps(
                        "violations",
                        (it, fact) -> fact.item(it.violationType())
                                .with("type", it.violationType())
                                .with("remediation", it.remediation()))
                .warns(
                        "utility misused",
                        it -> it.violationType() == ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN,
                        "Send only utility messages as utility. Otherwise Meta restricts them.")
                .warns(
                        "another violation",
                        it -> true,
                        "Stop what violates the policy, or appeal in Business Support Home.");
    }

    private static boolean isLift(Violation violation) {
        return violation.violationType() == ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_UNBAN;
    }

    private static void certification(Part<Certification> part) {
        part.counts("account.certifications", "Verifications of partners' clients", by("status", it -> it.status()))
                .shows(
                        "reasons",
                        it -> it.rejectionReasons().isEmpty()
                                ? Words.NONE
                                : it.rejectionReasons().stream().map(Words::of).collect(Collectors.joining(" and ")))
                .warns(
                        "a client's verification failed",
                        it -> it.status() == CertificationStatus.FAILED,
                        "Correct what Meta did not accept, and submit the client's business again.")
                .warns(
                        "a client's verification was revoked",
                        it -> it.status() == CertificationStatus.REVOKED,
                        "The client's business is no longer verified. Ask the client, and submit it again.");
    }

    /** For events that say all by their name: what comes with the others says more. */
    private static @Nullable String advice(AccountUpdateValue value) {
        boolean hasMore = value.banInfo() != null
                || !value.restrictionInfo().isEmpty()
                || value.violationInfo() != null
                || value.partnerClientCertificationInfo() != null;
        if (hasMore || !(value.event() instanceof Event event)) {
            return null;
        }
        return switch (event) {
            case ACCOUNT_RESTRICTION, ACCOUNT_VIOLATION, DISABLED_UPDATE -> LOOK;
            case BUSINESS_VERIFICATION_NEEDED ->
                "Verify the business in Business Support Home today. Otherwise the account can no longer send messages"
                        + " (error 131031).";
            case ACCOUNT_DELETED -> "The account can no longer send messages. Check that this was intended.";
            case ACCOUNT_OFFBOARDED -> "The phone number has left the platform. Onboard it again.";
            case PARTNER_REMOVED -> "You can no longer use the customer's account. Ask the customer.";
            case PARTNER_APP_UNINSTALLED -> "The customer has uninstalled your app. Ask the customer.";
            case PARTNER_CLIENT_CERTIFICATION_NEEDED -> "Submit the client's business for verification.";
            default -> null;
        };
    }
}
