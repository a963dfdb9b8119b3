package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ackbox.SignedClient;
import dev.ackbox.process.Notification.Item;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other side: some senders that deliver notifications at the same time, single messages and statuses and small batches of
 * both, and deliver some of their content more than once. A notification that is not answered with 200 is delivered again
 * until it is. Knows what was acknowledged.
 */
final class Platform {

    private static final int USERS = 50;
    private static final List<String> STATUS_WORDS = List.of("sent", "delivered", "read", "failed");

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<HttpResponse<Void>> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledgements = new AtomicInteger();
    private final AtomicInteger lastWamid = new AtomicInteger();
    private final List<Sender> senders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final String text;
    private volatile boolean stopping;

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
        assertThat(threads).isEmpty();
        stopping = false;
        SignedClient client = new SignedClient(ackbox.url(), AckboxProcess.APP_SECRET);
        for (Sender sender : senders) {
            Thread thread = new Thread(() -> sender.deliver(client), "sender");
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
        stopping = true;
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
        return Set.copyOf(acknowledged);
    }

    /** Answers other than 200. */
    List<HttpResponse<Void>> refusals() {
        return List.copyOf(refusals);
    }

    private final class Sender {

        /** For the first time since the last start of deliveries but one: what is older is not delivered again. */
        private List<Item> delivered = new ArrayList<>();

        /** For the first time since the last start of deliveries. */
        private List<Item> deliveredLately = new ArrayList<>();

        private final Random random;
        private Notification next;

        Sender(Random random) {
            this.random = random;
            this.next = compose();
        }

        void deliver(SignedClient client) {
            delivered = deliveredLately;
            deliveredLately = new ArrayList<>();
            try {
                while (!stopping) {
                    HttpResponse<Void> answer = client.post(next.body());
                    if (answer.statusCode() == 200) {
                        acknowledged.addAll(next.items());
                        acknowledgements.incrementAndGet();
                        next = compose();
                    } else {
                        refusals.add(answer);
                    }
                }
            } catch (IOException ex) {
                // No answer: whether it was stored nobody knows. It is the first to be delivered next time.
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
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
