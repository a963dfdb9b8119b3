package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.messages.Message;
import dev.ackbox.model.messages.MessagesValue;
import dev.ackbox.model.messages.Payment;
import dev.ackbox.model.messages.Payment.Transaction;
import dev.ackbox.model.messages.PaymentStatus;
import dev.ackbox.model.messages.Status;
import dev.ackbox.model.messages.UserAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts messages by type, statuses by kind and error, and errors; warns of errors that are about more than one message. */
final class MessagesHandler implements ChangeHandler<MessagesValue> {

    private static final Logger log = LoggerFactory.getLogger(MessagesHandler.class);

    private final Operator operator;

    MessagesHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<MessagesValue> change, ChangeContext context) {
        MessagesValue value = change.value();
        for (Message message : value.messages()) {
            String type = Labels.of(message.type());
            operator.count(PlatformCount.MESSAGES, type);
            operator.debug(log, change, context, () -> "message of type " + type);
        }
        value.statuses().forEach(status -> handle(status, change, context));
        value.paymentStatuses().forEach(status -> handle(status, change, context));
        for (UserAction action : value.userActions()) {
            operator.count(PlatformCount.USER_ACTIONS, Labels.of(action.actionType()));
            operator.info(log, change, context, "user action " + Labels.of(action.actionType()));
        }
        if (!value.errors().isEmpty()) {
            String code = Labels.codeOf(value.errors());
            operator.count(PlatformCount.ERRORS, "messages", code);
            operator.warn(log, change, context, "error " + code, ErrorAdvice.orLookUp(value.errors()));
        }
    }

    private void handle(PaymentStatus status, Change<?> change, ChangeContext context) {
        String word = Labels.of(status.status());
        Payment payment = status.payment();
        Transaction transaction = payment == null ? null : payment.transaction();
        operator.count(PlatformCount.PAYMENTS, word, transaction == null ? Labels.NONE : Labels.of(transaction.type()));
        operator.info(log, change, context, "payment " + word);
    }

    private void handle(Status status, Change<?> change, ChangeContext context) {
        String word = Labels.of(status.status());
        String code = Labels.codeOf(status.errors());
        operator.count(PlatformCount.STATUSES, word, code);
        if (status.errors().isEmpty()) {
            operator.debug(log, change, context, () -> "status " + word);
        } else {
            String what = "status " + word + ", error " + code;
            operator.tell(log, change, context, what, ErrorAdvice.of(status.errors()));
        }
    }
}
