package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.calls.CallsValue;
import dev.ackbox.model.calls.CallsValue.Call;
import dev.ackbox.model.calls.CallsValue.CallStatus;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens to calls, by outcome and error; warns of errors that are about more than one call. */
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
            List<PlatformError> errors = call.errors().isEmpty() ? value.errors() : call.errors();
            String code = Labels.codeOf(errors);
            operator.count(
                    PlatformCount.CALLS,
                    Labels.of(call.event()),
                    Labels.of(call.direction()),
                    Labels.of(call.status()),
                    code);
            String what = Labels.of(call.event()) + ", " + Labels.of(call.direction()) + ", outcome "
                    + Labels.of(call.status()) + (errors.isEmpty() ? "" : ", error " + code);
            operator.tell(log, change, context, what, ErrorAdvice.of(errors));
        }
        for (CallStatus status : value.statuses()) {
            operator.count(PlatformCount.CALL_STATUSES, Labels.of(status.status()));
            operator.info(log, change, context, "status " + Labels.of(status.status()));
        }
        if (value.calls().isEmpty() && !value.errors().isEmpty()) {
            String code = Labels.codeOf(value.errors());
            operator.count(PlatformCount.ERRORS, "calls", code);
            operator.warn(log, change, context, "error " + code, ErrorAdvice.orLookUp(value.errors()));
        }
    }
}
