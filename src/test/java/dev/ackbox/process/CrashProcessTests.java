package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.process.ConsumerProgress.Counts;
import dev.ackbox.process.ConsumerProgress.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Kills {@link ConsumersApplication} under load, starts it again, and so on; then lets it finish its work, and compares what the
 * platform was told with what was stored, what each consumer was given, and what the inbox says of that after each kill.
 *
 * <ul>
 *   <li>One consumer has a handler that fails and is slow now and then, one is slower than the records come, one is paused in the middle
 *       of a run, through a restart, and resumed in the next but one.
 *   <li>By the application's clock each start is two days after the one before, so that retention erases and deletes meanwhile.
 * </ul>
 *
 * <p>{@code -Dcrash.cycles=200} kills more often, {@code -Dcrash.seed=…} sends what an earlier run has sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashProcessTests {

    static final List<String> CONSUMERS = ConsumersApplication.CONSUMERS;

    private static final int CYCLES = Integer.getInteger("crash.cycles", 5);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int SENDERS = 16;
    private static final int MOST_ACKNOWLEDGEMENTS_PER_CYCLE = 1_000;

    /** From one pause to the next. */
    private static final int CYCLES_OF_PAUSE = 5;

    private static final int DAYS_PER_CYCLE = 2;

    /** The shortest that is possible: what is older is not delivered again. */
    private static final int DUPLICATE_WINDOW_DAYS = 8;

    /** So little that records have to be read from the database again. */
    private static final String FEW_RECORDS_IN_MEMORY = "16";

    private final Platform platform = new Platform(SENDERS, 200, SEED);
    private final List<Run> runs = new ArrayList<>();

    /** Names of all items that were ever stored, by record id. */
    private final Map<Long, String> items = new TreeMap<>();

    private final Map<Long, String> conversations = new HashMap<>();

    /**
     * One process, from its start to its end.
     *
     * @param command what became of the consumer that is paused
     * @param handlings what its consumers were given and are done with, in that order
     * @param lastId of the records that it has left
     * @param left how far it has left its consumers
     */
    private record Run(
            String command,
            List<Handling> handlings,
            long lastId,
            Map<String, ConsumerProgress> left,
            StoredRecords.Forgotten forgotten) {

        List<Handling> given(String consumer) {
            return handlings.stream()
                    .filter(next -> !next.isDone() && next.consumer().equals(consumer))
                    .toList();
        }

        Set<Long> done(String consumer) {
            return handlings.stream()
                    .filter(next -> next.isDone() && next.consumer().equals(consumer))
                    .map(Handling::id)
                    .collect(Collectors.toSet());
        }

        ConsumerProgress left(String consumer) {
            return left.get(consumer);
        }

        /** Whether a record was completed or given up durably at the end. */
        boolean isEnded(String consumer, long id) {
            return id <= lastId && !left(consumer).isWaiting(id);
        }
    }

    @BeforeAll
    void killAndStartAgain(@TempDir Path directory) throws Exception {
        Random random = new Random(SEED);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            String command = command(cycle);
            AckboxProcess.Launcher launcher = launcher(directory, cycle, command);
            if (cycle % 2 == 1) {
                launcher.with("ACKBOX_INBOX_MAX_RECORDS_IN_MEMORY", FEW_RECORDS_IN_MEMORY);
            }
            try (AckboxProcess ackbox = launcher.start().awaitReady()) {
                platform.deliverTo(ackbox);
                platform.awaitAcknowledgements(random.nextInt(MOST_ACKNOWLEDGEMENTS_PER_CYCLE));
                if (command.equals(ConsumersApplication.PAUSE)) {
                    ackbox.awaitOutput(ConsumersApplication.PAUSED_LINE);
                }
                ackbox.kill();
                platform.awaitSilence();
                add(command, ackbox, directory);
            }
        }
        try (AckboxProcess ackbox =
                launcher(directory, CYCLES, ConsumersApplication.RESUME).start().awaitReady()) {
            ackbox.awaitNothingWaits();
            ackbox.kill();
            add(ConsumersApplication.RESUME, ackbox, directory);
        }
        CONSUMERS.forEach(this::report);
    }

    private static String command(int cycle) {
        return switch (cycle % CYCLES_OF_PAUSE) {
            case 1 -> ConsumersApplication.PAUSE;
            case 3 -> ConsumersApplication.RESUME;
            default -> "";
        };
    }

    private static AckboxProcess.Launcher launcher(Path directory, int cycle, String command) {
        return AckboxProcess.in(directory)
                .running(ConsumersApplication.class)
                .with("LOGGING_LEVEL_DEV_ACKBOX_WATCH", "warn")
                .with(ConsumersApplication.DAYS_AHEAD, Integer.toString(cycle * DAYS_PER_CYCLE))
                .with(ConsumersApplication.COMMAND, command)
                .with("ACKBOX_DISPATCH_RETRY_INITIAL_DELAY", "50ms")
                .with("ACKBOX_INBOX_DUPLICATE_WINDOW", DUPLICATE_WINDOW_DAYS + "d")
                .with("ACKBOX_INBOX_PAYLOAD_RETENTION", "1h");
    }

    private void add(String command, AckboxProcess ackbox, Path directory) throws Exception {
        long before = runs.isEmpty() ? 0 : last().lastId();
        StoredRecords left = StoredRecords.in(directory, before);
        items.putAll(left.items());
        conversations.putAll(left.conversations());
        long lastId = left.items().keySet().stream().max(Long::compare).orElse(before);
        runs.add(new Run(command, ackbox.handlings(), lastId, left.consumers(), left.forgotten()));
    }

    private Run last() {
        return runs.get(runs.size() - 1);
    }

    private void report(String consumer) {
        Set<Long> done = new HashSet<>();
        Map<Waiting, Integer> allowed = new EnumMap<>(Waiting.class);
        int forbidden = 0;
        int retries = 0;
        for (int run = 0; run < runs.size(); run++) {
            Set<Long> given = new HashSet<>();
            for (Handling next : runs.get(run).given(consumer)) {
                retries += next.attempt() > 1 ? 1 : 0;
                if (given.add(next.id()) && done.contains(next.id())) {
                    ConsumerProgress before = runs.get(run - 1).left(consumer);
                    forbidden += runs.get(run - 1).isEnded(consumer, next.id()) ? 1 : 0;
                    for (Waiting why : Waiting.values()) {
                        allowed.merge(why, before.isWaiting(next.id(), why) ? 1 : 0, Integer::sum);
                    }
                }
            }
            done.addAll(runs.get(run).done(consumer));
        }
        Counts counts = last().left(consumer).counts();
        System.out.printf(
                "Crash test, %s: %d accepted, %d handled, %d given up, %d lost; %d handled again after a kill before which they"
                        + " were not noted as completed (%d not passed, %d held, %d retries), %d although they were;"
                        + " %d retries; %d waited at a kill; %d cycles, seed %d%n",
                consumer,
                platform.acknowledged().size(),
                done.size(),
                counts.dead() + counts.discarded(),
                lost(consumer).size(),
                allowed.values().stream().mapToInt(Integer::intValue).sum(),
                allowed.getOrDefault(Waiting.NOT_PASSED, 0),
                allowed.getOrDefault(Waiting.HELD, 0),
                allowed.getOrDefault(Waiting.RETRY, 0),
                forbidden,
                retries,
                runs.stream()
                        .mapToInt(run -> run.left(consumer).waiting().cardinality())
                        .sum(),
                CYCLES,
                SEED);
    }

    private Set<Long> doneUpTo(int run, String consumer) {
        Set<Long> done = new HashSet<>();
        runs.subList(0, run + 1).forEach(earlier -> done.addAll(earlier.done(consumer)));
        return done;
    }

    /** Names of acknowledged items that a consumer should be done with, and is not. */
    private Set<String> lost(String consumer) {
        Set<String> done = doneUpTo(CYCLES, consumer).stream().map(items::get).collect(Collectors.toSet());
        items.forEach((id, item) -> {
            if (isGivenUp(consumer, id)) {
                done.add(item);
            }
        });
        return missing(platform.acknowledged(), done);
    }

    private static boolean isGivenUp(String consumer, long id) {
        return consumer.equals(ConsumersApplication.HANDLERS) && ConsumersApplication.isHopeless(id);
    }

    @Test
    void everythingGenuineIsAcknowledged() {
        assertThat(platform.refusals()).isEmpty();
        assertThat(platform.acknowledged()).isNotEmpty();
    }

    @Test
    void whatWasAcknowledgedIsStored() {
        assertThat(missing(platform.acknowledged(), items.values())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void whatWasAcknowledgedIsHandled(String consumer) {
        assertThat(lost(consumer)).isEmpty();
    }

    @Test
    void whatWasDeliveredTwiceIsStoredOnce() {
        assertThat(repeated(items.values())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void nothingIsLeftBehind(String consumer) {
        assertThat(last().left(consumer).waiting().stream()).isEmpty();
        assertThat(last().left(consumer).dead().stream()).allMatch(id -> isGivenUp(consumer, id));
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void countsAddUp(String consumer) {
        Counts counts = last().left(consumer).counts();
        assertThat(counts.assigned()).isEqualTo(items.size());
        assertThat(counts.completed() + counts.dead() + counts.discarded()).isEqualTo(counts.assigned());
        assertThat(counts.completed()).isEqualTo(doneUpTo(CYCLES, consumer).size());
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void whatHasEndedBeforeAKillIsNotGivenAfterIt(String consumer) {
        for (int run = 1; run < runs.size(); run++) {
            Run before = runs.get(run - 1);
            assertThat(runs.get(run).given(consumer))
                    .as("given after kill %d", run)
                    .noneMatch(next -> before.isEnded(consumer, next.id()));
        }
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void aProcessMakesAnAttemptOnce(String consumer) {
        for (int run = 0; run < runs.size(); run++) {
            assertThat(repeated(runs.get(run).given(consumer)))
                    .as("given twice in run %d", run + 1)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void whatIsDoneIsNotGivenAgainByTheSameProcess(String consumer) {
        for (Run run : runs) {
            Set<Long> done = new HashSet<>();
            assertThat(run.handlings())
                    .filteredOn(next -> next.consumer().equals(consumer))
                    .noneMatch(next -> next.isDone() ? !done.add(next.id()) : done.contains(next.id()));
        }
    }

    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void nothingIsHandledThatIsNotStored(String consumer) {
        for (int run = 0; run < runs.size(); run++) {
            long lastId = runs.get(run).lastId();
            assertThat(runs.get(run).given(consumer))
                    .as("given in run %d", run + 1)
                    .allMatch(next -> next.id() <= lastId && items.containsKey(next.id()));
        }
    }

    /** Also shows that what was printed before a kill is there to be read after it. */
    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void nothingIsCompletedThatWasNotHandled(String consumer) {
        TreeSet<Long> notDone = new TreeSet<>(items.keySet());
        notDone.removeIf(id -> isGivenUp(consumer, id));
        for (Run run : runs) {
            notDone.removeAll(run.done(consumer));
            assertThat(notDone.headSet(run.lastId(), true)).allMatch(id -> !run.isEnded(consumer, id));
        }
    }

    /** Retries come again when it is time for them, beside what is there. */
    @ParameterizedTest
    @FieldSource("CONSUMERS")
    void aConversationIsHandledInOrderOfArrival(String consumer) {
        Map<String, Long> latestOfAll = new HashMap<>();
        Set<Long> known = new HashSet<>();
        for (Run run : runs) {
            Map<String, Long> latest = new HashMap<>();
            for (Handling next : run.given(consumer)) {
                String conversation = conversations.get(next.id());
                if (next.attempt() == 1) {
                    assertThat(next.id()).isGreaterThan(before(latest.put(conversation, next.id())));
                }
                if (known.add(next.id())) {
                    assertThat(next.id()).isGreaterThan(before(latestOfAll.put(conversation, next.id())));
                }
            }
        }
    }

    private static long before(Long latest) {
        return latest == null ? 0 : latest;
    }

    @Test
    void aPausedConsumerIsGivenNothingUntilItIsResumed() {
        for (int run = 1; run < runs.size(); run++) {
            boolean paused = runs.get(run - 1).left(ConsumersApplication.AUDIT).paused();
            assertThat(paused)
                    .isEqualTo(runs.get(run - 1).command().equals(ConsumersApplication.PAUSE)
                            || (run > 1 && command(run - 2).equals(ConsumersApplication.PAUSE)));
            if (paused && !runs.get(run).command().equals(ConsumersApplication.RESUME)) {
                assertThat(runs.get(run).given(ConsumersApplication.AUDIT)).isEmpty();
                assertThat(runs.get(run).given(ConsumersApplication.ARCHIVE)).isNotEmpty();
            }
        }
    }

    @Test
    void whatIsOldIsForgotten() {
        for (Run run : runs) {
            assertThat(run.forgotten().leftOver()).isEmpty();
        }
        if (CYCLES > DUPLICATE_WINDOW_DAYS / DAYS_PER_CYCLE) {
            assertThat(last().forgotten().erased()).isPositive();
            assertThat(last().forgotten().deleted()).isPositive();
        }
    }

    private static <T> Set<T> missing(Collection<T> wanted, Collection<T> there) {
        Set<T> missing = new HashSet<>(wanted);
        missing.removeAll(new HashSet<>(there));
        return missing;
    }

    private static <T> Set<T> repeated(Collection<T> all) {
        Set<T> once = new HashSet<>();
        return all.stream().filter(one -> !once.add(one)).collect(Collectors.toSet());
    }
}
