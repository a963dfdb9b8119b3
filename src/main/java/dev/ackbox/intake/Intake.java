package dev.ackbox.intake;

import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.Inbox;
import dev.ackbox.inbox.InboxUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes in genuine notifications: cuts them into items and makes these durable. Safe for use by several threads. */
public final class Intake {

    private final Inbox inbox;
    private final IntakeObserver observer;

    public Intake(Inbox inbox, IntakeObserver observer) {
        this.inbox = inbox;
        this.observer = observer;
    }

    /**
     * Stores all of a notification, or nothing, and waits until it is durable: only then may it be acknowledged.
     *
     * @param endpoint name of the endpoint that received it
     * @param body a genuine notification's bytes, whatever they are; must not be changed afterwards
     * @param timeout how long to wait; what is not durable by then may become so later, and is then known as a duplicate
     *     when it is delivered again
     * @throws InboxUnavailableException where it could not be stored
     */
    public void accept(String endpoint, byte[] body, Instant receivedAt, Duration timeout) {
        List<Item> items = NotificationSplitter.split(endpoint, body, receivedAt);
        CompletableFuture<Appended> append =
                inbox.append(items.stream().map(Item::newRecord).toList());
        try {
            count(items, append.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException ex) {
            CompletableFuture<Void> unused = append.thenAccept(late -> count(items, late));
            throw new InboxUnavailableException("The inbox did not store in time, " + timeout.toMillis() + " ms", ex);
        } catch (ExecutionException ex) {
            throw new InboxUnavailableException("The inbox did not store", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new InboxUnavailableException("Interrupted while storing", ex);
        }
    }

    private void count(List<Item> items, Appended appended) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String field = item.newRecord().field();
            if (!appended.isNew(i)) {
                observer.duplicate(field);
                continue;
            }
            observer.stored(field);
            if (item.time() != null) {
                observer.delay(
                        field, Duration.between(item.time(), item.newRecord().receivedAt()));
            }
        }
    }
}
