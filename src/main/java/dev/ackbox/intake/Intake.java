package dev.ackbox.intake;

import dev.ackbox.inbox.AppendResult;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.inbox.Overdue;
import dev.ackbox.inbox.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Takes in genuine notifications: cuts them into items and makes these durable. Safe for use by several threads. */
public final class Intake implements AutoCloseable {

    private final Inbox inbox;
    private final IntakeObserver observer;
    private final Overdue<CompletableFuture<AppendResult>> waits;

    /**
     * Creates the way into an inbox.
     *
     * @param timeout how long a notification may take to become durable. What is not durable by then may become so later,
     *     and is then known as a duplicate when it is delivered again.
     */
    public Intake(Inbox inbox, IntakeObserver observer, Duration timeout) {
        this.inbox = inbox;
        this.observer = observer;
        this.waits = new Overdue<>(
                "ackbox-intake-overdue",
                timeout,
                (wait, elapsed) -> wait.completeExceptionally(new TimeoutException("Not durable after " + timeout)));
    }

    /**
     * Stores all of a notification, or nothing, and waits until it is durable: only then may it be acknowledged.
     *
     * @param endpoint name of the endpoint that received it
     * @param body a genuine notification's bytes in the form of {@link PayloadShape#CLOUD}, whatever they are; must not be changed
     *     afterwards
     * @return what it has come to
     * @throws InboxUnavailableException where it could not be stored
     */
    public Receipt accept(String endpoint, byte[] body, Instant receivedAt) {
        List<Item> items = NotificationSplitter.split(endpoint, body, receivedAt);
        CompletableFuture<AppendResult> append =
                inbox.append(items.stream().map(Item::newRecord).toList());
        // The copy alone fails where the time is over; the append itself may still succeed.
        CompletableFuture<AppendResult> wait = append.copy();
        waits.begin(wait);
        try {
            return count(endpoint, items, wait.get());
        } catch (ExecutionException ex) {
            if (ex.getCause() instanceof TimeoutException) {
                CompletableFuture<Receipt> unused = append.thenApply(late -> count(endpoint, items, late));
            }
            throw new InboxUnavailableException("The inbox did not store", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while storing", ex);
        } finally {
            waits.end(wait);
        }
    }

    private Receipt count(String endpoint, List<Item> items, AppendResult result) {
        boolean isProbe = items.stream()
                .allMatch(item -> Probe.isRecognisedBy(item.newRecord().field()));
        if (!isProbe) {
            observer.accepted(endpoint, items.stream().allMatch(Item::isDashboardTest));
        }
        int duplicates = 0;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String field = item.newRecord().field();
            if (!result.isNew(i)) {
                observer.duplicate(field);
                duplicates++;
                continue;
            }
            observer.stored(item.newRecord());
            if (item.time() != null) {
                observer.delay(
                        field, Duration.between(item.time(), item.newRecord().receivedAt()));
            }
        }
        return new Receipt(items.size() - duplicates, duplicates);
    }

    /** Ends what watches over the time. */
    @Override
    public void close() {
        waits.close();
    }
}
