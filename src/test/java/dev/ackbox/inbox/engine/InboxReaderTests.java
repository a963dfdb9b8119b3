package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.inbox.InboxUnavailableException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InboxReaderTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final InboxReader reader =
            new InboxReader(StoreProxy.of(null, (method, arguments, call) -> call.proceed()), List.of());

    @AfterEach
    void end() {
        reader.end();
    }

    @Test
    void answersAfterAnErrorAndAfterAnException() {
        reader.start();
        assertThat(reader.submit(() -> {
                    throw new NoClassDefFoundError("a/Library");
                }))
                .failsWithin(LONG);
        assertThat(reader.submit(() -> {
                    throw StoreException.of(new IOException("not now"));
                }))
                .failsWithin(LONG);
        assertThat(reader.submit(() -> 1)).succeedsWithin(LONG).isEqualTo(1);
    }

    @Test
    void refusesToAnswerOnceEnded() {
        reader.start();
        reader.end();
        assertThat(reader.submit(() -> 1))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(InboxUnavailableException.class);
    }

    /** Whoever asks would otherwise wait for seconds. */
    @Test
    void answersWhatWasAskedBeforeTheEnd() throws Exception {
        reader.start();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        reader.submit(() -> {
            begun.countDown();
            awaitQuietly(over);
            return 0;
        });
        begun.await();
        answers.add(reader.submit(() -> 1));
        Thread ending = new Thread(reader::end);
        ending.start();
        await().until(() -> ending.getState() == Thread.State.TIMED_WAITING);
        over.countDown();
        assertThat(answers.get(0)).succeedsWithin(LONG);
    }

    @Test
    void usesNoProcessorTimeWhileThereIsNothingToRead() throws Exception {
        reader.start();
        long thread = reader.submit(() -> Thread.currentThread().getId()).get();
        long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
        long start = System.nanoTime();
        await().atMost(LONG)
                .until(() -> System.nanoTime() - start > Duration.ofSeconds(1).toNanos());
        long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread) - before;
        assertThat(Duration.ofNanos(used)).isLessThan(Duration.ofMillis(100));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
