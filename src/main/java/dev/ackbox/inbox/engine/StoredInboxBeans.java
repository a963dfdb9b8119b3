package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.LatestValues;
import dev.ackbox.inbox.RecordNotes;
import dev.ackbox.inbox.Replays;
import org.springframework.context.annotation.Bean;

/** What every engine's configuration has beside the inbox. */
public abstract class StoredInboxBeans {

    @Bean
    Archive inboxArchive(StoredInbox inbox) {
        return inbox.archive();
    }

    @Bean
    Replays inboxReplays(StoredInbox inbox) {
        return inbox.replays();
    }

    @Bean
    LatestValues latestValues(StoredInbox inbox) {
        return inbox.latestValues();
    }

    @Bean
    RecordNotes recordNotes(StoredInbox inbox) {
        return inbox.notes();
    }
}
