package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.SignedClient;
import dev.ackbox.process.Notification.Item;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The other side: some senders that deliver notifications at the same time, single messages and statuses and small batches of
 * both, and deliver some of their content more than once. A notification that is not answered with 200 is delivered again
 * until it is. Knows what was acknowledged.
 */
final class Platform {

    private static final int USERS = 50;
    private static final List<String> STATUS_WORDS = List.of("sent", "delivered", "read", "failed");

    /** So long an answer may take where there is another replica to turn to. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Of each item whose notification was answered with 200. */
    private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();

    private final Queue<HttpResponse<Void>> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger lastWamid = new AtomicInteger();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final String text;
    private CountDownLatch stopping = new CountDownLatch(1);

    /**
     * How long it took until an item was stored for sure.
     *
     * @param sent when it was sent for the first time
     * @param acknowledged when that notification was answered with 200 for the first time
     */
    record Receipt(Instant sent, Instant acknowledged) {}

    /**
     * Creates a platform that sends nothing yet.
     *
     * @param senders how many send at the same time
     * @param textLength characters in each message
     * @param seed decides what is sent
     */
    Platform(int senders, int textLength, long seed) {
        this.text = "x".repeat(textLength);
        for (int i = 0; i < senders; i++) {
            this.senders.add(new Sender(new Random(seed + i)));
        }
    }

    /** Starts delivering; ends by itself when the service does not answer any more. */
    void deliverTo(AckboxProcess ackbox) {
        SignedClient client = new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET);
        start(sender -> sender.deliver(client));
    }

    /**
     * Starts delivering to replicas at random, as behind a balancer that notices nothing. What one of them does not answer, or not
     * with 200, is delivered again to any of them. Each fifth delivery is made twice at the same moment.
     *
     * @param pause of each sender between two deliveries
     */
    void deliverTo(List<URI> replicas, Duration pause) {
        List<SignedClient> clients = replicas.stream()
                .map(url -> new SignedClient(url, AckboxProcess.APP_SECRET, PATIENCE))
                .toList();
        start(sender -> sender.deliver(clients, pause));
    }

    private void start(Consumer<Sender> delivery) {
        assertThat(threads).isEmpty();
        stopping = new CountDownLatch(1);
        for (Sender sender : senders) {
            Thread thread = new Thread(() -> delivery.accept(sender), "sender");
            threads.add(thread);
            thread.start();
        }
    }

    /** Waits until so many more notifications are acknowledged. */
    void awaitAcknowledgements(int more) {
        int target = acknowledgements.get() + more;
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> acknowledgements.get() >= target);
    }

    /** Starts no more deliveries, and waits for the answers to those that are under way. */
    void stop() throws InterruptedException {
        stopping.countDown();
        awaitSilence();
    }

    /** Waits until the senders have found out that nobody answers any more. */
    void awaitSilence() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
    }

    /** Names of the items whose notification was answered with 200. */
    Set<String> acknowledged() {
        return Set.copyOf(receipts.keySet());
    }

    /** What is known of the items whose notification was answered with 200, by their names. */
    Map<String, Receipt> receipts() {
        return Map.copyOf(receipts);
    }

    /** Answers other than 200. */
    List<HttpResponse<Void>> refusals() {
        return List.copyOf(refusals);
    }

    /** How many deliveries had no answer, or none in time. */
    int unanswered() {
        return unanswered.get();
    }

    private final class Sender {

        /** For the first time since the last start of deliveries but one: what is older is not delivered again. */
        private List<Item> delivered = new ArrayList<>();

        /** For the first time since the last start of deliveries. */
        private List<Item> deliveredLately = new ArrayList<>();

        private final Random random;
        private Notification next;

        /** When {@link #next} was sent for the first time. */
        private @Nullable Instant sent;

        Sender(Random random) {
            this.random = random;
            this.next = compose();
        }

        void deliver(SignedClient client) {
            remember();
            try {
                while (stopping.getCount() > 0) {
                    deliverNext(client);
                }
            } catch (IOException ex) {
                // No answer: whether it was stored nobody knows. It is the first to be delivered next time.
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        void deliver(List<SignedClient> replicas, Duration pause) {
            remember();
            try {
                while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    CompletableFuture<?> twin = perhapsBeginAt(replicas.get(random.nextInt(replicas.size())));
                    try {
                        deliverNext(replicas.get(random.nextInt(replicas.size())));
                        twin.exceptionally(noAnswer -> null).join();
                    } catch (IOException ex) {
                        unanswered.incrementAndGet(); // the next attempt may be at another replica
                    }
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        private Instant begin() {
            Instant first = sent == null ? Instant.now() : sent;
            sent = first;
            return first;
        }

        /** A redelivery at the same moment; what becomes of it does not count. */
        private CompletableFuture<?> perhapsBeginAt(SignedClient replica) {
            begin();
            return random.nextInt(5) == 0 ? replica.begin(next.body()) : CompletableFuture.completedFuture(null);
        }

        private void remember() {
            delivered = deliveredLately;
            deliveredLately = new ArrayList<>();
        }

        private void deliverNext(SignedClient client) throws IOException, InterruptedException {
            Instant first = begin();
            HttpResponse<Void> answer = client.post(next.body());
            if (answer.statusCode() != 200) {
                refusals.add(answer);
                return;
            }
            Receipt receipt = new Receipt(first, Instant.now());
            next.items().forEach(item -> receipts.putIfAbsent(item, receipt));
            acknowledgements.incrementAndGet();
            next = compose();
            sent = null;
        }

        private Notification compose() {
            int size = random.nextInt(4) == 0 ? 2 + random.nextInt(5) : 1;
            List<Item> items = new ArrayList<>();
            List<Item> newItems = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if (!delivered.isEmpty() && random.nextInt(10) == 0) {
                    items.add(delivered.get(random.nextInt(delivered.size())));
                } else {
                    newItems.add(item());
                }
            }
            delivered.addAll(newItems);
            deliveredLately.addAll(newItems);
            items.addAll(newItems);
            return Notification.of(items);
        }

        private Item item() {
            String wamid = "wamid." + lastWamid.incrementAndGet();
            String user = Integer.toString(49_1700_000 + random.nextInt(USERS));
            return random.nextBoolean()
                    ? Item.message(wamid, user, text)
                    : Item.status(wamid, user, STATUS_WORDS.get(random.nextInt(STATUS_WORDS.size())));
        }
    }
}
