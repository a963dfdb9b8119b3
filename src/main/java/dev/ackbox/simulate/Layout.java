package dev.ackbox.simulate;

import java.time.Instant;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** Where the updates of a notification stand, and what makes a copy of one of them a new one. */
interface Layout {

    /** From the root of a notification with one entry and one change to the array of its updates. */
    JsonPointer updates();

    /** Gives an update ids, user and time of its own. */
    void renew(ObjectNode update, User user, Instant time, FreshIds ids);
}
