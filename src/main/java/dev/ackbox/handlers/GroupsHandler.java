package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.GroupChange;
import dev.ackbox.model.GroupStatusValue;
import dev.ackbox.model.GroupsValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of groups; warns where one failed or a group is suspended. */
final class GroupsHandler<V extends GroupsValue> implements ChangeHandler<V> {

    private static final Logger log = LoggerFactory.getLogger(GroupsHandler.class);

    private final Operator operator;

    GroupsHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<V> change, ChangeContext context) {
        for (GroupChange group : change.value().groups()) {
            String type = Labels.of(group.type());
            boolean failed = !group.errors().isEmpty();
            operator.count(PlatformCount.GROUPS, type, failed ? "failed" : "done");
            if (failed) {
                String what = type + " failed with error " + Labels.codeOf(group.errors());
                operator.warn(log, change, context, what, "Look the code up in the platform's list of error codes");
            } else if (group.type() == GroupStatusValue.Type.GROUP_SUSPEND) {
                operator.warn(log, change, context, type, "Nobody can write in the group until it is cleared");
            } else {
                operator.info(log, change, context, type);
            }
        }
    }
}
