package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.groups.GroupChange;
import dev.ackbox.model.groups.GroupParticipantsValue.GroupParticipants;
import dev.ackbox.model.groups.GroupSettingsValue.GroupSettings;
import dev.ackbox.model.groups.GroupSettingsValue.Setting;
import dev.ackbox.model.groups.GroupStatusValue;
import dev.ackbox.model.groups.GroupsValue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
            List<PlatformError> errors = errorsOf(group);
            boolean failed = !errors.isEmpty();
            operator.count(PlatformCount.GROUPS, type, failed ? "failed" : "done");
            if (failed) {
                String what = type + " failed with error " + Labels.codeOf(errors);
                operator.warn(log, change, context, what, ErrorAdvice.orLookUp(errors));
            } else if (group.type() == GroupStatusValue.Type.GROUP_SUSPEND) {
                operator.warn(log, change, context, type, "Nobody can write in the group until it is cleared");
            } else {
                operator.info(log, change, context, type);
            }
        }
    }

    /** Those of the whole, or else of its parts: some settings or participants may fail and others not. */
    private static List<PlatformError> errorsOf(GroupChange group) {
        if (group.errors().isEmpty() && group instanceof GroupSettings settings) {
            return Stream.of(
                            settings.profilePicture() == null
                                    ? List.<PlatformError>of()
                                    : settings.profilePicture().errors(),
                            errorsOf(settings.groupSubject()),
                            errorsOf(settings.groupDescription()))
                    .flatMap(List::stream)
                    .toList();
        }
        if (group.errors().isEmpty() && group instanceof GroupParticipants participants) {
            return participants.failedParticipants().stream()
                    .flatMap(participant -> participant.errors().stream())
                    .toList();
        }
        return group.errors();
    }

    private static List<PlatformError> errorsOf(@Nullable Setting setting) {
        return setting == null ? List.of() : setting.errors();
    }
}
