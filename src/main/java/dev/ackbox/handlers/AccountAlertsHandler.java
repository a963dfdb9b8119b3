package dev.ackbox.handlers;

import dev.ackbox.model.AccountAlertsValue;
import dev.ackbox.model.AccountAlertsValue.Alert;
import dev.ackbox.model.AccountAlertsValue.Severity;
import dev.ackbox.model.AccountAlertsValue.Status;
import dev.ackbox.model.Change;
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
        operator.count(
                PlatformCount.ACCOUNT_ALERTS,
                Labels.of(alert.alertSeverity()),
                Labels.of(alert.alertType()),
                Labels.of(alert.alertStatus()));
        String item = Labels.of(value.entityType()) + " " + value.entityId() + " " + Labels.of(alert.alertType());
        FactBuilder.ofAccount(change, context)
                .with("type", alert.alertType())
                .with("severity", alert.alertSeverity())
                .with("status", alert.alertStatus())
                .with("description", alert.alertDescription())
                .with("entityType", value.entityType())
                .with("entityId", value.entityId())
                .keep(operator.state(), "alerts", item);
        String what = Labels.of(alert.alertSeverity()) + " alert " + Labels.of(alert.alertType());
        if (isSerious(alert)) {
            operator.warn(log, change, context, what, "Look at the account's alerts in WhatsApp Manager");
        } else {
            operator.info(log, change, context, what);
        }
    }

    private static boolean isSerious(Alert alert) {
        return alert.alertStatus() != Status.NONE && alert.alertSeverity() != Severity.INFORMATIONAL;
    }
}
