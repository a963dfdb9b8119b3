package dev.ackbox.intake;

import dev.ackbox.inbox.DashboardTest;
import dev.ackbox.inbox.NewRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of a notification, ready to be stored.
 *
 * @param newRecord what is stored
 * @param time the item's own time; absent where it has none
 */
record Item(NewRecord newRecord, @Nullable Instant time) {

    boolean isDashboardTest() {
        return DashboardTest.isRecognisedBy(newRecord.account(), newRecord.phoneNumber());
    }
}
