package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.PaymentConfigurationValue;
import dev.ackbox.model.account.PaymentConfigurationValue.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of payment configurations; warns where one does not work yet, or no more. */
final class PaymentConfigurationHandler implements ChangeHandler<PaymentConfigurationValue> {

    private static final Logger log = LoggerFactory.getLogger(PaymentConfigurationHandler.class);

    private final Operator operator;

    PaymentConfigurationHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<PaymentConfigurationValue> change, ChangeContext context) {
        PaymentConfigurationValue value = change.value();
        String status = Labels.of(value.status());
        operator.count(PlatformCount.PAYMENT_CONFIGURATIONS, Labels.of(value.providerName()), status);
        String what = "a configuration is " + status;
        if (value.status() == Status.NEEDS_CONNECTING) {
            operator.warn(log, change, context, what, "Connect it to the provider in WhatsApp Manager");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
