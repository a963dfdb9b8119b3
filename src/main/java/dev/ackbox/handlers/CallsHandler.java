package dev.ackbox.handlers;

import dev.ackbox.model.CallsValue;
import dev.ackbox.model.CallsValue.Call;
import dev.ackbox.model.CallsValue.CallStatus;
import dev.ackbox.model.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to calls, by outcome and error. */
final class CallsHandler implements ChangeHandler<CallsValue> {

    private static final Logger log = LoggerFactory.getLogger(CallsHandler.class);

    private final Operator operator;

    CallsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<CallsValue> change, ChangeContext context) {
        CallsValue value = change.value();
        for (Call call : value.calls()) {
            String code = Labels.codeOf(call.errors().isEmpty() ? value.errors() : call.errors());
            operator.count(
                    PlatformCount.CALLS,
                    Labels.of(call.event()),
                    Labels.of(call.direction()),
                    Labels.of(call.status()),
                    code);
            operator.info(
                    log,
                    change,
                    context,
                    Labels.of(call.event()) + ", " + Labels.of(call.direction()) + ", outcome "
                            + Labels.of(call.status()) + ", error " + code);
        }
        for (CallStatus status : value.statuses()) {
            operator.count(PlatformCount.CALL_STATUSES, Labels.of(status.status()));
            operator.info(log, change, context, "status " + Labels.of(status.status()));
        }
        if (value.calls().isEmpty() && !value.errors().isEmpty()) {
            String code = Labels.codeOf(value.errors());
            operator.count(PlatformCount.ERRORS, "calls", code);
            operator.warn(
                    log, change, context, "error " + code, "Look the code up in the platform's list of error codes");
        }
    }
}
