package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.account.FlowsValue;
import dev.ackbox.model.account.FlowsValue.AlertState;
import dev.ackbox.model.account.FlowsValue.Event;
import dev.ackbox.model.account.FlowsValue.FlowStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes and alerts of flows; warns where one does not work. */
final class FlowsHandler implements ChangeHandler<FlowsValue> {

    private static final Logger log = LoggerFactory.getLogger(FlowsHandler.class);

    private final Operator operator;

    FlowsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<FlowsValue> change, ChangeContext context) {
        FlowsValue value = change.value();
        String state = value.alertState() == null ? Labels.of(value.newStatus()) : Labels.of(value.alertState());
        operator.count(PlatformCount.FLOWS, Labels.of(value.event()), state);
        String what = "flow " + Labels.id(value.flowId()) + ", " + Labels.of(value.event()) + ", " + state;
        if (value.newStatus() == FlowStatus.BLOCKED || value.newStatus() == FlowStatus.THROTTLED) {
            operator.warn(log, change, context, what, "Users cannot open it, or not all: mend its endpoint");
        } else if (value.alertState() == AlertState.ACTIVATED) {
            operator.warn(log, change, context, what, "It may be throttled or blocked: mend the flow or its endpoint");
        } else if (value.event() == Event.FLOW_VERSION_EXPIRY_WARNING) {
            operator.warn(log, change, context, what, "Move it to a later version");
        } else {
            operator.info(log, change, context, what);
        }
    }
}
