package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.RecordFilter.Source;
import dev.ackbox.inbox.Subject.Kind;
import dev.ackbox.inbox.engine.StoredInbox;
import dev.ackbox.test.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** An open inbox with its archive, and the words in which the contracts of operators speak of it. A class per engine says how it is opened. */
@Timeout(60)
public abstract class ArchiveFixture {

    protected static final Subject USER = new Subject(Kind.USER, "491700000001");
    protected static final Subject SCOPED_USER = new Subject(Kind.USER, "DE.49170abc");
    protected static final Subject OTHER_USER = new Subject(Kind.USER, "491700000002");
    protected static final ConsumerDefinition OTHER = new ConsumerDefinition("other", "other", false);
    protected static final Duration LONG = Duration.ofSeconds(20);

    protected final MovableClock clock = new MovableClock();
    protected StoredInbox inbox;
    protected Consumer handlers;
    protected Archive archive;
    protected final Instant start = clock.instant();

    /** Of the field {@code history}, a payload is users with a comma behind each. */
    protected static final Redaction REDACTION = new Redaction() {

        @Override
        public Set<String> fields() {
            return Set.of("history");
        }

        @Override
        public byte @Nullable [] without(byte[] payload, Predicate<String> isUser) {
            String text = new String(payload, StandardCharsets.UTF_8);
            String rest = Stream.of(text.split(","))
                    .map(user -> isUser.test(user) ? " ".repeat(user.length() + 1) : user + ",")
                    .collect(Collectors.joining());
            return rest.equals(text) ? null : rest.getBytes(StandardCharsets.UTF_8);
        }
    };

    /** Opens the inbox; a second call, after a close, opens the same one again. */
    protected abstract StoredInbox open() throws Exception;

    @BeforeEach
    protected void openInbox() throws Exception {
        inbox = open();
        handlers = inbox.open(ConsumerDefinition.HANDLERS, Start.OLDEST);
        archive = inbox.archive();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    protected final void restart() throws Exception {
        inbox.close();
        openInbox();
    }

    /** A record to be appended. */
    public record Draft(String name, String conversation, Lane lane, Source source, List<Subject> subjects) {

        Draft of(String other) {
            return new Draft(name, other, lane, source, subjects);
        }

        Draft in(Lane other) {
            return new Draft(name, conversation, other, source, subjects);
        }

        Draft from(Source other) {
            return new Draft(name, conversation, lane, other, subjects);
        }

        public Draft about(Subject... others) {
            return new Draft(name, conversation, lane, source, List.of(others));
        }

        NewRecord at(Instant receivedAt) {
            return new NewRecord(
                    Records.key(name),
                    String.valueOf(source.endpoint()),
                    String.valueOf(source.field()),
                    lane == Lane.STATUSES ? "statuses" : null,
                    lane,
                    conversation,
                    source.account(),
                    source.phoneNumber(),
                    subjects,
                    receivedAt,
                    name.getBytes(StandardCharsets.UTF_8));
        }
    }

    protected static Draft record(String name) {
        return new Draft(name, "conversation", Lane.CHANGES, new Source("default", "messages", null, null), List.of());
    }

    protected final void append(Draft... records) {
        CompletableFuture<AppendResult> result = inbox.append(
                List.of(records).stream().map(next -> next.at(clock.instant())).toList());
        assertThat(result).succeedsWithin(LONG);
    }

    protected static InboxRecord next(Consumer consumer) throws InterruptedException {
        InboxRecord next = consumer.next(Lane.CHANGES, LONG);
        assertThat(next).as("next record").isNotNull();
        return next;
    }

    protected static RecordFilter about(Subject... subjects) {
        return new RecordFilter("handlers", Set.of(), null, null, List.of(subjects), Source.ANY, null, null);
    }

    protected static RecordFilter from(Source source) {
        return new RecordFilter("handlers", Set.of(), null, null, List.of(), source, null, null);
    }

    protected static RecordFilter between(@Nullable Instant from, @Nullable Instant to) {
        return new RecordFilter("handlers", Set.of(), null, null, List.of(), Source.ANY, from, to);
    }

    /** Names of all that are found, page by page. */
    protected final List<String> found(RecordFilter filter) {
        List<String> names = new ArrayList<>();
        InboxRecordId next = null;
        do {
            ArchivePage page = archive.find(filter, next, 400);
            page.records().forEach(record -> names.add(nameOf(record)));
            next = page.next();
        } while (next != null);
        return names;
    }

    /** The key has the name in it. */
    protected static String nameOf(ArchivedRecord record) {
        byte[] key = record.key().toBytes();
        return new String(key, Integer.BYTES, key.length - Integer.BYTES, StandardCharsets.US_ASCII).strip();
    }

    protected final InboxRecordId idOf(String name) {
        return archive.find(RecordFilter.ALL, null, Archive.MAX_PAGE).records().stream()
                .filter(record -> nameOf(record).equals(name))
                .map(ArchivedRecord::id)
                .findFirst()
                .orElseThrow();
    }

    protected final ArchivedRecord one() {
        List<ArchivedRecord> records = archive.find(RecordFilter.ALL, null, 10).records();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    protected final void awaitFound(RecordState state, int count) {
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(found(RecordFilter.ALL.in(state))).hasSize(count));
    }
}
