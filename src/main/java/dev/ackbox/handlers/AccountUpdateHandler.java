package dev.ackbox.handlers;

import dev.ackbox.model.AccountUpdateValue;
import dev.ackbox.model.AccountUpdateValue.Ban;
import dev.ackbox.model.AccountUpdateValue.Event;
import dev.ackbox.model.AccountUpdateValue.Restriction;
import dev.ackbox.model.AccountUpdateValue.Violation;
import dev.ackbox.model.AccountUpdateValue.WabaInfo;
import dev.ackbox.model.Change;
import dev.ackbox.model.Word;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of accounts; keeps restrictions, violations, bans and partners, and warns of what threatens the account. */
final class AccountUpdateHandler implements ChangeHandler<AccountUpdateValue> {

    private static final Logger log = LoggerFactory.getLogger(AccountUpdateHandler.class);

    private final Operator operator;

    AccountUpdateHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<AccountUpdateValue> change, ChangeContext context) {
        AccountUpdateValue value = change.value();
        operator.count(PlatformCount.ACCOUNT_EVENTS, Labels.of(value.event()));
        keep(value, change, context);
        String what = describe(value);
        String next = next(value.event());
        if (next == null) {
            operator.info(log, change, context, what);
        } else {
            operator.warn(log, change, context, what, next);
        }
    }

    private void keep(AccountUpdateValue value, Change<?> change, ChangeContext context) {
        WabaInfo waba = value.wabaInfo();
        // The entry's id is the partner's portfolio then.
        String accountId = waba == null ? change.entryId() : waba.wabaId();
        FactBuilder.ofAccount(accountId, change, context)
                .with("event", value.event())
                .with("country", value.country())
                .keep(operator.state(), "lastChange");
        Violation violation = value.violationInfo();
        if (violation != null) {
            operator.count(PlatformCount.ACCOUNT_VIOLATIONS, Labels.of(violation.violationType()));
            FactBuilder.ofAccount(accountId, change, context)
                    .with("type", violation.violationType())
                    .with("remediation", violation.remediation())
                    .keep(operator.state(), "violations", Labels.of(violation.violationType()));
        }
        for (Restriction restriction : value.restrictionInfo()) {
            operator.count(PlatformCount.ACCOUNT_RESTRICTIONS, Labels.of(restriction.restrictionType()));
            FactBuilder.ofAccount(accountId, change, context)
                    .with("type", restriction.restrictionType())
                    .with("expiration", restriction.expiration())
                    .with("remediation", restriction.remediation())
                    .keep(operator.state(), "restrictions", Labels.of(restriction.restrictionType()));
        }
        Ban ban = value.banInfo();
        if (ban != null) {
            ban.wabaBanState().forEach(state -> operator.count(PlatformCount.ACCOUNT_BANS, Labels.of(state)));
            FactBuilder.ofAccount(accountId, change, context)
                    .with(
                            "state",
                            ban.wabaBanState().isEmpty()
                                    ? null
                                    : ban.wabaBanState().get(0))
                    .with("date", ban.wabaBanDate())
                    .keep(operator.state(), "ban");
        }
    }

    private static String describe(AccountUpdateValue value) {
        StringBuilder what = new StringBuilder(Labels.of(value.event()));
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
            value.banInfo().wabaBanState().forEach(state -> what.append(", ").append(Labels.of(state)));
        }
        return what.toString();
    }

    /** What to do about it; absent where nothing has to be done. */
    private static @Nullable String next(@Nullable Word<Event> event) {
        if (!(event instanceof Event known)) {
            return null;
        }
        return switch (known) {
            case ACCOUNT_RESTRICTION -> "What is restricted fails until then: read the reason in Business Support Home";
            case ACCOUNT_VIOLATION -> "Stop what breaks the rule, or appeal in Business Support Home";
            case DISABLED_UPDATE ->
                "Look at the account in Business Support Home and appeal where it is to be disabled";
            case ACCOUNT_DELETED -> "Nothing can be sent any more: make sure that this was meant";
            case ACCOUNT_OFFBOARDED -> "The number left the platform: onboard it again";
            case PARTNER_REMOVED -> "The customer's account can no longer be used: ask the customer";
            case PARTNER_APP_UNINSTALLED -> "The customer's app is gone: ask the customer";
            case PARTNER_CLIENT_CERTIFICATION_NEEDED -> "Submit the client's business for verification";
            default -> null;
        };
    }
}
