package dev.ackbox.handlers;

import dev.ackbox.model.Change;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of accounts; keeps restrictions, violations, bans and partners, and warns of what threatens the account. */
final class AccountUpdateHandler implements ChangeHandler<AccountUpdateValue> {

    private static final Logger log = LoggerFactory.getLogger(AccountUpdateHandler.class);

    private static final String LOOK = "Look at the account in Business Support Home";

    /** Whether the account is there. */
    private static final Set<Event> CONNECTION =
            Set.of(Event.ACCOUNT_DELETED, Event.ACCOUNT_OFFBOARDED, Event.ACCOUNT_RECONNECTED);

    /** The entry's id is that of the partner's portfolio with these. */
    private static final Set<Event> OF_PORTFOLIO = Set.of(
            Event.AD_ACCOUNT_LINKED,
            Event.MM_LITE_TERMS_SIGNED,
            Event.PARTNER_ADDED,
            Event.PARTNER_APP_INSTALLED,
            Event.PARTNER_APP_UNINSTALLED,
            Event.PARTNER_CLIENT_CERTIFICATION_NEEDED,
            Event.PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE,
            Event.PARTNER_REMOVED);

    private final Operator operator;

    AccountUpdateHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<AccountUpdateValue> change, ChangeContext context) {
        AccountUpdateValue value = change.value();
        keep(value, change, context);
        count(value);
        operator.tell(log, change, context, describe(value), next(value));
    }

    private void count(AccountUpdateValue value) {
        operator.count(PlatformCount.ACCOUNT_EVENTS, Labels.of(value.event()));
        if (value.violationInfo() != null) {
            operator.count(
                    PlatformCount.ACCOUNT_VIOLATIONS,
                    Labels.of(value.violationInfo().violationType()));
        }
        for (Restriction restriction : value.restrictionInfo()) {
            operator.count(PlatformCount.ACCOUNT_RESTRICTIONS, Labels.of(restriction.restrictionType()));
        }
        if (value.banInfo() != null) {
            operator.count(PlatformCount.ACCOUNT_BANS, Labels.of(value.banInfo().wabaBanState()));
        }
        if (value.partnerClientCertificationInfo() != null) {
            operator.count(
                    PlatformCount.ACCOUNT_CERTIFICATIONS,
                    Labels.of(value.partnerClientCertificationInfo().status()));
        }
    }

    private void keep(AccountUpdateValue value, Change<?> change, ChangeContext context) {
        String accountId = accountOf(value, change);
        FactBuilder.ofAccount(accountId, change, context)
                .with("event", value.event())
                .with("country", value.country())
                .keep(operator.state(), "update");
        if (value.event() instanceof Event event && CONNECTION.contains(event)) {
            Disconnection disconnection = value.disconnectionInfo();
            FactBuilder.ofAccount(accountId, change, context)
                    .with("event", event)
                    .with("reason", disconnection == null ? null : disconnection.reason())
                    .with("initiatedBy", disconnection == null ? null : disconnection.initiatedBy())
                    .keep(operator.state(), "connection");
        }
        if (value.violationInfo() != null) {
            keep(value.violationInfo(), accountId, change, context);
        }
        for (Restriction restriction : value.restrictionInfo()) {
            FactBuilder.ofAccount(accountId, change, context)
                    .with("type", restriction.restrictionType())
                    .with("expiration", restriction.expiration())
                    .with("remediation", restriction.remediation())
                    .keep(operator.state(), "restrictions", restriction.restrictionType());
        }
        Ban ban = value.banInfo();
        if (ban != null) {
            FactBuilder.ofAccount(accountId, change, context)
                    .with("state", ban.wabaBanState())
                    .with("date", ban.wabaBanDate())
                    .keep(operator.state(), "ban");
        }
    }

    private void keep(Violation violation, @Nullable String accountId, Change<?> change, ChangeContext context) {
        FactBuilder fact = FactBuilder.ofAccount(accountId, change, context);
        if (violation.violationType() == ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_UNBAN) {
            fact.drop(operator.state(), "violations", ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN);
            fact.drop(operator.state(), "restrictions", RestrictionType.RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES);
            return;
        }
        fact.with("type", violation.violationType())
                .with("remediation", violation.remediation())
                .keep(operator.state(), "violations", violation.violationType());
    }

    /** The account that it is about; absent where only the partner's portfolio is named. */
    private static @Nullable String accountOf(AccountUpdateValue value, Change<?> change) {
        WabaInfo waba = value.wabaInfo();
        if (waba != null) {
            return waba.wabaId();
        }
        return value.event() instanceof Event event && OF_PORTFOLIO.contains(event) ? null : change.entryId();
    }

    private static String describe(AccountUpdateValue value) {
        StringBuilder what = new StringBuilder(Labels.of(value.event()));
        if (value.wabaInfo() != null) {
            what.append(", account ").append(Labels.id(value.wabaInfo().wabaId()));
        }
        if (value.violationInfo() != null) {
            what.append(", violation ").append(Labels.of(value.violationInfo().violationType()));
        }
        for (Restriction restriction : value.restrictionInfo()) {
            what.append(", ").append(Labels.of(restriction.restrictionType()));
            if (restriction.expiration() != null) {
                what.append(" until ").append(restriction.expiration());
            }
        }
        if (value.banInfo() != null) {
            what.append(", ").append(Labels.of(value.banInfo().wabaBanState()));
        }
        Disconnection disconnection = value.disconnectionInfo();
        if (disconnection != null) {
            what.append(", ").append(Labels.of(disconnection.reason()));
            what.append(" by ").append(Labels.of(disconnection.initiatedBy()));
        }
        Certification certification = value.partnerClientCertificationInfo();
        if (certification != null) {
            what.append(", ").append(Labels.of(certification.status()));
            if (!certification.rejectionReasons().isEmpty()) {
                what.append(certification.rejectionReasons().stream()
                        .map(Labels::of)
                        .collect(Collectors.joining(", ", ": ", "")));
            }
        }
        return what.toString();
    }

    /** What to do about it; absent where nothing has to be done. What it carries says more than what it is called. */
    private static @Nullable String next(AccountUpdateValue value) {
        if (value.banInfo() != null) {
            return next(value.banInfo());
        }
        if (!value.restrictionInfo().isEmpty()) {
            return "What is restricted fails until it ends: read the reason in Business Support Home";
        }
        if (value.violationInfo() != null) {
            return next(value.violationInfo());
        }
        if (value.partnerClientCertificationInfo() != null) {
            return next(value.partnerClientCertificationInfo());
        }
        return value.event() instanceof Event event ? next(event) : null;
    }

    private static @Nullable String next(Ban ban) {
        if (ban.wabaBanState() == BanState.DISABLE) {
            return "The account is off and nothing can be sent: appeal in Business Support Home";
        }
        if (ban.wabaBanState() == BanState.SCHEDULE_FOR_DISABLE) {
            return "The account will be switched off: appeal in Business Support Home before that";
        }
        return ban.wabaBanState() == BanState.REINSTATE ? null : LOOK;
    }

    private static @Nullable String next(Violation violation) {
        if (violation.violationType() == ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_UNBAN) {
            return null;
        }
        return violation.violationType() == ViolationType.DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN
                ? "Send as utility only what is utility, or it will be restricted"
                : "Stop what breaks the rule, or appeal in Business Support Home";
    }

    private static @Nullable String next(Certification certification) {
        if (certification.status() == CertificationStatus.FAILED) {
            return "Mend what was not accepted, and submit the client's business again";
        }
        return certification.status() == CertificationStatus.REVOKED
                ? "The client's business is no longer verified: ask the client, and submit it again"
                : null;
    }

    private static @Nullable String next(Event event) {
        return switch (event) {
            case ACCOUNT_RESTRICTION, ACCOUNT_VIOLATION, DISABLED_UPDATE -> LOOK;
            case ACCOUNT_DELETED -> "Nothing can be sent any more: make sure that this was meant";
            case ACCOUNT_OFFBOARDED -> "The number left the platform: onboard it again";
            case PARTNER_REMOVED -> "The customer's account can no longer be used: ask the customer";
            case PARTNER_APP_UNINSTALLED -> "The customer's app is gone: ask the customer";
            case PARTNER_CLIENT_CERTIFICATION_NEEDED -> "Submit the client's business for verification";
            default -> null;
        };
    }
}
