package dev.ackbox.model.groups;

import dev.ackbox.model.Metadata;
import dev.ackbox.model.Value;
import java.util.List;

/** A value that is about groups. */
public sealed interface GroupsValue extends Value
        permits GroupLifecycleValue, GroupParticipantsValue, GroupSettingsValue, GroupStatusValue {

    /** The business phone number that it is about; always. */
    Metadata metadata();

    /** What happened; always. */
    List<? extends GroupChange> groups();
}
