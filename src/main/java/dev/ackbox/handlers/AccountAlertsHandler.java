package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.account.AccountAlertsValue;
import dev.ackbox.model.account.AccountAlertsValue.Alert;
import dev.ackbox.model.account.AccountAlertsValue.Severity;
import dev.ackbox.model.account.AccountAlertsValue.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts alerts and keeps the latest of each type; warns of those that hold and are more than information. */
final class AccountAlertsHandler implements ChangeHandler<AccountAlertsValue> {

    private static final Logger log = LoggerFactory.getLogger(AccountAlertsHandler.class);

    private final Operator operator;

    AccountAlertsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<AccountAlertsValue> change, ChangeContext context) {
        AccountAlertsValue value = change.value();
        Alert alert = value.alertInfo();
        if (alert == null) {
            alert = new Alert(null, null, null, null);
        }
        FactBuilder.ofAccount(change, context)
                .with("type", alert.alertType())
                .with("severity", alert.alertSeverity())
                .with("status", alert.alertStatus())
                .with("description", alert.alertDescription())
                .with("entityType", value.entityType())
                .with("entityId", value.entityId())
                .keep(operator.state(), "alerts", value.entityType(), value.entityId(), alert.alertType());
        operator.count(
                PlatformCount.ACCOUNT_ALERTS,
                Labels.of(alert.alertSeverity()),
                Labels.of(alert.alertType()),
                Labels.of(alert.alertStatus()));
        String what = Labels.of(alert.alertSeverity()) + " alert " + Labels.of(alert.alertType()) + " of "
                + Labels.of(value.entityType()) + " " + Labels.id(value.entityId());
        operator.tell(log, change, context, what, isSerious(alert) ? next(alert.alertType()) : null);
    }

    /** What to do about it. */
    private static String next(@Nullable OpenEnum<AccountAlertsValue.Type> type) {
        if (type == AccountAlertsValue.Type.PROFILE_PICTURE_LOST) {
            return "Upload the picture again in WhatsApp Manager";
        }
        if (type == AccountAlertsValue.Type.INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO) {
            return "The limit stays until what is asked for in Business Support Home is given";
        }
        return "Look at the account's alerts in WhatsApp Manager";
    }

    private static boolean isSerious(Alert alert) {
        return alert.alertStatus() != Status.NONE && alert.alertSeverity() != Severity.INFORMATIONAL;
    }
}
