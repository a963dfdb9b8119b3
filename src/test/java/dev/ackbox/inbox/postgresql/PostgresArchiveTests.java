package dev.ackbox.inbox.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.inbox.ArchiveContract;
import dev.ackbox.inbox.InboxObserver;
import dev.ackbox.inbox.Lane;
import dev.ackbox.inbox.Outcome;
import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.RecordState;
import dev.ackbox.inbox.engine.LaneProgress;
import dev.ackbox.inbox.engine.ProgressFormat;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.inbox.sqlite.Inboxes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PostgresArchiveTests extends ArchiveContract {

    private final PostgresFixture postgres = new PostgresFixture();

    @Override
    protected StoredInbox open() throws Exception {
        return StoredInbox.open(postgres.open(), Inboxes.SETTINGS, REDACTION, InboxObserver.NONE, clock);
    }

    /** A search that went by them one by one would end at its time limit, with an empty page. */
    @Test
    void whatIsCompletedIsOnTheFirstPageBehindVeryManyDeadLetters() throws Exception {
        append(record("a"), record("b"));
        handlers.done(next(handlers), new Outcome.Completed());
        handlers.done(next(handlers), new Outcome.Completed());
        awaitFound(RecordState.COMPLETED, 2);
        inbox.close();
        Map<Lane, LaneProgress> passed = Stream.of(Lane.values())
                .collect(Collectors.toMap(Function.identity(), lane -> new LaneProgress(100_002, List.of())));
        postgres.execute("INSERT INTO record (id, conversation, received_at, source, share, lane, key)"
                + " SELECT number, conversation, received_at, source, share, lane, int8send(number)"
                + " FROM record, generate_series(3::bigint, 100002) AS number WHERE id = 1");
        postgres.execute("INSERT INTO delivery (id, consumer, conversation, changed_at, attempts, share, lane, state)"
                + " SELECT id, 'handlers', conversation, received_at, 1, share, lane, 2 FROM record WHERE id > 2");
        try (Connection connection = postgres.connect();
                PreparedStatement progress = connection.prepareStatement("UPDATE progress SET lanes = ?")) {
            progress.setBytes(1, ProgressFormat.toBytes(passed));
            progress.executeUpdate();
        }
        openInbox();
        assertThat(archive.find(RecordFilter.ALL.in(RecordState.COMPLETED), null, 10)
                        .records())
                .hasSize(2);
    }
}
