package dev.ackbox.handlers;

import dev.ackbox.model.Change;
import dev.ackbox.model.history.SmbAppStateSyncValue;
import dev.ackbox.model.history.SmbAppStateSyncValue.StateSync;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts changes of the app's address book. */
final class SmbAppStateSyncHandler implements ChangeHandler<SmbAppStateSyncValue> {

    private static final Logger log = LoggerFactory.getLogger(SmbAppStateSyncHandler.class);

    private final Operator operator;

    SmbAppStateSyncHandler(Operator operator) {
        this.operator = operator;
    }

    @Override
    public void handle(Change<SmbAppStateSyncValue> change, ChangeContext context) {
        for (StateSync sync : change.value().stateSync()) {
            operator.count(PlatformCount.CONTACTS_SYNCED, Labels.of(sync.action()));
            operator.info(log, change, context, Labels.of(sync.type()) + " " + Labels.of(sync.action()));
        }
    }
}
