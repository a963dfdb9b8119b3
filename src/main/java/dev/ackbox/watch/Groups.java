package dev.ackbox.watch;

import static dev.ackbox.watch.Label.by;
import static dev.ackbox.watch.Label.byText;

import dev.ackbox.model.PlatformError;
import dev.ackbox.model.groups.GroupChange;
import dev.ackbox.model.groups.GroupParticipantsValue.GroupParticipants;
import dev.ackbox.model.groups.GroupSettingsValue.GroupSettings;
import dev.ackbox.model.groups.GroupSettingsValue.Picture;
import dev.ackbox.model.groups.GroupSettingsValue.Setting;
import dev.ackbox.model.groups.GroupStatusValue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of a change of a group. */
final class Groups {

    private Groups() {}

    static void rules(Part<GroupChange> part) {
        part.counts(
                        "groups",
                        "Changes of groups",
                        by("change", it -> it.type()),
                        byText("outcome", group -> errorsOf(group).isEmpty() ? "done" : "failed"))
                .shows("code", group -> ErrorCodes.label(errorsOf(group)))
                .warns("a change failed", Groups::advice)
                .warns(
                        "suspended",
                        group -> group.type() == GroupStatusValue.Type.GROUP_SUSPEND,
                        "Nobody can write in the group until Meta lifts the suspension.");
    }

    private static @Nullable String advice(GroupChange group) {
        List<PlatformError> errors = errorsOf(group);
        return errors.isEmpty() ? null : ErrorCodes.adviceOrLookUp(errors);
    }

    /** The errors of the whole change, or else of its parts: some settings or participants may fail and others not. */
    private static List<PlatformError> errorsOf(GroupChange group) {
        if (group.errors().isEmpty() && group instanceof GroupSettings settings) {
            return Stream.of(
                            errorsOf(settings.profilePicture()),
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

    private static List<PlatformError> errorsOf(@Nullable Picture picture) {
        return picture == null ? List.of() : picture.errors();
    }

    private static List<PlatformError> errorsOf(@Nullable Setting setting) {
        return setting == null ? List.of() : setting.errors();
    }
}
