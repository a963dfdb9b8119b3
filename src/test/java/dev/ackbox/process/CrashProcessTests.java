package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service under load, starts it again, and so on; then lets it finish its work, and compares what the platform was
 * told with what was stored and what was handled. {@code -Dcrash.cycles=20} kills more often, {@code -Dcrash.seed=…} sends
 * what an earlier run has sent.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashProcessTests {

    private static final int CYCLES = Integer.getInteger("crash.cycles", 5);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final int SENDERS = 16;
    private static final int MOST_ACKNOWLEDGEMENTS_PER_CYCLE = 1_500;

    /** So little that records have to be read from the database again. */
    private static final String FEW_RECORDS_IN_MEMORY = "16";

    private final Platform platform = new Platform(SENDERS, 200, SEED);
    private final List<Run> runs = new ArrayList<>();

    /**
     * One process, from its start to its end.
     *
     * @param handled ids of the records that its handler was given, in that order
     * @param left what it has left in the inbox
     */
    private record Run(List<Long> handled, StoredRecords left) {}

    @BeforeAll
    void killAndStartAgain(@TempDir Path directory) throws Exception {
        Random random = new Random(SEED);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            AckboxProcess.Launcher launcher = AckboxProcess.in(directory);
            if (cycle % 2 == 1) {
                launcher.with("ACKBOX_INBOX_MAX_RECORDS_IN_MEMORY", FEW_RECORDS_IN_MEMORY);
            }
            try (AckboxProcess ackbox = launcher.start().awaitReady()) {
                platform.deliverTo(ackbox);
                platform.awaitAcknowledgements(random.nextInt(MOST_ACKNOWLEDGEMENTS_PER_CYCLE));
                ackbox.kill();
                platform.awaitSilence();
                runs.add(new Run(ackbox.handled(), StoredRecords.in(directory)));
            }
        }
        try (AckboxProcess ackbox = AckboxProcess.in(directory).start().awaitReady()) {
            ackbox.awaitNothingWaits();
            ackbox.kill();
            runs.add(new Run(ackbox.handled(), StoredRecords.in(directory)));
        }
        report();
    }

    private void report() {
        Set<Long> handled = handledUpTo(CYCLES);
        long calls = runs.stream().mapToLong(run -> run.handled().size()).sum();
        Set<String> lost = missing(platform.acknowledged(), last().left().itemsOf(handled));
        System.out.printf(
                "Crash test: %d accepted, %d handled, %d lost, %d repeated, %d waited at a kill; %d cycles, seed %d%n",
                platform.acknowledged().size(),
                handled.size(),
                lost.size(),
                calls - handled.size(),
                runs.stream().mapToInt(run -> run.left().waiting().size()).sum(),
                CYCLES,
                SEED);
    }

    private Run last() {
        return runs.get(runs.size() - 1);
    }

    private Set<Long> handledUpTo(int run) {
        Set<Long> handled = new HashSet<>();
        runs.subList(0, run + 1).forEach(earlier -> handled.addAll(earlier.handled()));
        return handled;
    }

    @Test
    void everythingGenuineIsAcknowledged() {
        assertThat(platform.refusals()).isEmpty();
        assertThat(platform.acknowledged()).isNotEmpty();
    }

    @Test
    void whatWasAcknowledgedIsStored() {
        assertThat(missing(platform.acknowledged(), last().left().items().values()))
                .isEmpty();
    }

    @Test
    void whatWasAcknowledgedIsHandled() {
        assertThat(missing(platform.acknowledged(), last().left().itemsOf(handledUpTo(CYCLES))))
                .isEmpty();
    }

    @Test
    void whatWasDeliveredTwiceIsStoredOnce() {
        assertThat(repeated(last().left().items().values())).isEmpty();
    }

    @Test
    void nothingIsLeftBehind() {
        assertThat(last().left().waiting()).isEmpty();
        assertThat(last().left().dead()).isEmpty();
    }

    @Test
    void whatWasCompletedBeforeAKillIsNotHandledAfterIt() {
        for (int run = 1; run < runs.size(); run++) {
            Set<Long> again = new HashSet<>(runs.get(run).handled());
            again.retainAll(runs.get(run - 1).left().completed());
            assertThat(again).as("handled after kill %d", run).isEmpty();
        }
    }

    @Test
    void aProcessHandlesARecordOnce() {
        for (int run = 0; run < runs.size(); run++) {
            assertThat(repeated(runs.get(run).handled()))
                    .as("handled twice in run %d", run + 1)
                    .isEmpty();
        }
    }

    @Test
    void nothingIsHandledThatIsNotStored() {
        for (int run = 0; run < runs.size(); run++) {
            assertThat(missing(
                            runs.get(run).handled(),
                            runs.get(run).left().items().keySet()))
                    .as("handled in run %d and not stored", run + 1)
                    .isEmpty();
        }
    }

    /** Also shows that what was printed before a kill is there to be read after it. */
    @Test
    void nothingIsCompletedThatWasNotHandled() {
        for (int run = 0; run < runs.size(); run++) {
            assertThat(missing(runs.get(run).left().completed(), handledUpTo(run)))
                    .as("completed in run %d and not handled", run + 1)
                    .isEmpty();
        }
    }

    @Test
    void aConversationIsHandledInOrderOfArrival() {
        for (Run run : runs) {
            Map<String, Long> latest = new HashMap<>();
            for (long id : run.handled()) {
                Long before = latest.put(run.left().conversations().get(id), id);
                assertThat(id).isGreaterThan(before == null ? 0 : before);
            }
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
