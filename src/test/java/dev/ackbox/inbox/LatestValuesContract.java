package dev.ackbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ackbox.inbox.engine.StoredInbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the latest values beside every inbox have to keep. A class per engine says how they are opened. */
@Timeout(60)
public abstract class LatestValuesContract {

    protected static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final int THREADS = 16;

    protected StoredInbox inbox;
    protected LatestValues values;

    /** Opens the inbox; a second call, after a close, opens the same one again. */
    protected abstract StoredInbox open() throws Exception;

    @BeforeEach
    void openInbox() throws Exception {
        inbox = open();
        values = inbox.latestValues();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    private void restart() throws Exception {
        inbox.close();
        openInbox();
    }

    @Nested
    class Keeping {

        @Test
        void keepsAValueWithItsKeyAndTime() {
            put("a", NOON, "one");
            assertThat(values.all())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(new LatestValue("a", NOON, bytes("one")));
        }

        @Test
        void replacesAnOlderValue() {
            put("a", NOON, "older");
            put("a", NOON.plusSeconds(1), "newer");
            assertThat(texts()).containsExactly("newer");
        }

        @Test
        void replacesNoNewerValue() {
            put("a", NOON, "newer");
            put("a", NOON.minusMillis(1), "older");
            assertThat(texts()).containsExactly("newer");
            assertThat(values.all().get(0).time()).isEqualTo(NOON);
        }

        @Test
        void replacesAValueOfTheSameTime() {
            put("a", NOON, "one");
            put("a", NOON, "other");
            assertThat(texts()).containsExactly("other");
        }

        @Test
        void takesTimesWithinAMillisecondForTheSame() {
            put("a", NOON.plusNanos(2), "one");
            put("a", NOON.plusNanos(1), "other");
            assertThat(values.all().get(0).time()).isEqualTo(NOON);
        }

        @Test
        void comparesTheTimesOfOneKeyOnly() {
            put("a", NOON, "one");
            put("b", NOON.minusSeconds(1), "other");
            assertThat(texts()).containsExactly("one", "other");
        }

        @Test
        void takesATimeBefore1970() {
            put("a", Instant.EPOCH.minusSeconds(2), "older");
            put("a", Instant.EPOCH.minusSeconds(1), "newer");
            assertThat(values.all().get(0).time()).isEqualTo(Instant.EPOCH.minusSeconds(1));
        }

        @Test
        void keepsAnEmptyValue() {
            values.put("a", NOON, new byte[0]);
            assertThat(values.all().get(0).value()).isEmpty();
        }

        @Test
        void keepsAMegabyteByteForByte() throws Exception {
            byte[] large = new byte[1 << 20];
            new Random(1).nextBytes(large);
            values.put("a", NOON, large);
            restart();
            assertThat(values.all().get(0).value()).isEqualTo(large);
        }

        @Test
        void takesNoEmptyKey() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> put("", NOON, "one"))
                    .withMessage("'key' must not be empty");
        }
    }

    @Nested
    class Reading {

        @Test
        void findsNothingAtFirst() {
            assertThat(values.all()).isEmpty();
        }

        @Test
        void goesInTheOrderOfKeys() {
            for (String key : List.of("b", "a/2", "c", "a", "a/10")) {
                put(key, NOON, "of " + key);
            }
            assertThat(values.all()).extracting(LatestValue::key).containsExactly("a", "a/10", "a/2", "b", "c");
            assertThat(texts()).containsExactly("of a", "of a/10", "of a/2", "of b", "of c");
        }
    }

    @Nested
    class Recovering {

        @Test
        void findsAllValuesAfterARestart() throws Exception {
            put("a", NOON, "one");
            put("b", NOON, "other");
            restart();
            assertThat(texts()).containsExactly("one", "other");
        }

        @Test
        void replacesNoNewerValueAfterARestart() throws Exception {
            put("a", NOON, "newer");
            restart();
            put("a", NOON.minusSeconds(1), "older");
            assertThat(texts()).containsExactly("newer");
            put("a", NOON, "same time");
            assertThat(texts()).containsExactly("same time");
        }
    }

    @Nested
    class Closing {

        @Test
        void keepsNothingOnceClosed() {
            inbox.close();
            assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> put("a", NOON, "one"));
        }

        @Test
        void readsNothingOnceClosed() {
            inbox.close();
            assertThatExceptionOfType(InboxUnavailableException.class).isThrownBy(() -> values.all());
        }

        @Test
        void everyCallEndsWhileItClosesAndWhatWasKeptIsThere() throws Exception {
            Map<String, Instant> kept = new ConcurrentHashMap<>();
            inParallel(thread -> {
                try {
                    for (int i = 0; ; i++) {
                        put("key" + thread, NOON.plusSeconds(i), "value");
                        kept.put("key" + thread, NOON.plusSeconds(i));
                        if (thread == 0 && i == 20) {
                            inbox.close();
                        }
                    }
                } catch (InboxUnavailableException ex) {
                    // closed
                }
            });
            openInbox();
            Map<String, Instant> found =
                    values.all().stream().collect(Collectors.toMap(LatestValue::key, LatestValue::time));
            kept.forEach((key, time) -> assertThat(found.get(key)).isAfterOrEqualTo(time));
        }
    }

    @Nested
    class Racing {

        @Test
        void manyThreadsEndAtTheNewest() throws Exception {
            int perThread = 50;
            inParallel(thread -> {
                List<Integer> times = new ArrayList<>(IntStream.range(0, perThread)
                        .map(i -> i * THREADS + thread)
                        .boxed()
                        .toList());
                Collections.shuffle(times, new Random(thread));
                for (int time : times) {
                    put("a", NOON.plusSeconds(time), "at " + time);
                }
            });
            assertThat(texts()).containsExactly("at " + (THREADS * perThread - 1));
        }

        @Test
        void aReaderSeesNoTimeGoBack() throws Exception {
            put("a", NOON, "first");
            inParallel(thread -> {
                Instant seen = NOON;
                for (int i = 0; i < 50; i++) {
                    put("a", NOON.plusSeconds((i * 31 + thread * 17) % 100), "value");
                    Instant time = values.all().get(0).time();
                    assertThat(time).isAfterOrEqualTo(seen);
                    seen = time;
                }
            });
        }

        @Test
        void keysDoNotGetInEachOthersWay() throws Exception {
            inParallel(thread -> {
                for (int i = 0; i < 20; i++) {
                    put("key" + thread, NOON.plusSeconds(i), thread + " at " + i);
                }
            });
            assertThat(texts())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, THREADS)
                            .mapToObj(thread -> thread + " at 19")
                            .toList());
        }
    }

    private interface Work {

        void run(int thread) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void put(String key, Instant time, String value) {
        values.put(key, time, bytes(value));
    }

    private List<String> texts() {
        return values.all().stream()
                .map(value -> new String(value.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
