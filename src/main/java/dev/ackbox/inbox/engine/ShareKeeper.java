package dev.ackbox.inbox.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that keeps the shares: renews them, takes over those that are free, gives back what is more than this process's part, and
 * tells consumers of news from other processes.
 */
final class ShareKeeper {

    private static final Logger log = LoggerFactory.getLogger(ShareKeeper.class);
    private static final long RENEWAL_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long REVISION_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final long POLL_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private final Store store;
    private final StoredInbox inbox;
    private final Lease lease;
    private final Thread thread = new Thread(this::run, "ackbox-inbox-shares");
    private final Set<Share> held = ConcurrentHashMap.newKeySet();

    /** Of those that are held, what is given back once nothing of it is in work. */
    private final Set<Share> leaving = ConcurrentHashMap.newKeySet();

    private long revision;
    private long polledNanos = System.nanoTime();
    private boolean failing;
    private volatile boolean closed;

    ShareKeeper(Store store, StoredInbox inbox) {
        this.store = store;
        this.inbox = inbox;
        this.lease = store.isShared() ? Lease.of(Store.LEASE_LENGTH) : Lease.endless();
        thread.setDaemon(true);
    }

    /** Only where other processes store as well is there something to keep. */
    void start() {
        if (store.isShared()) {
            thread.start();
        }
    }

    Lease lease() {
        return lease;
    }

    private Set<Share> held() {
        return Set.copyOf(held);
    }

    /** Those that are held, and are not about to be given back. */
    Set<Share> kept() {
        Set<Share> kept = new HashSet<>(held);
        kept.removeAll(leaving);
        return kept;
    }

    /** False where another process may hold it by now. */
    boolean holdsFirst() {
        return !lease.isOver() && held.stream().anyMatch(share -> share.number() == 0);
    }

    /** Every consumer has loaded a share. Called by the writer, so that no consumer is opened in between. */
    void add(Share share) {
        held.add(share);
    }

    /** No consumer reads shares any more. Called by the writer, so that no consumer is opened in between. */
    void leave(Collection<Share> shares) {
        leaving.addAll(shares);
    }

    /** Asks the store which shares are held, before the thread is started. */
    void renew() throws StoreException {
        revision = store.revision();
        long asked = System.nanoTime();
        held.addAll(store.hold().shares());
        lease.renewed(asked);
    }

    private void run() {
        long renewedNanos = System.nanoTime();
        long revisedNanos = renewedNanos;
        while (!closed) {
            try {
                News news = store.awaitNews(LONGEST_WAIT);
                long now = System.nanoTime();
                poll(news, now);
                giveBack();
                if (news.freed() || now - renewedNanos >= RENEWAL_INTERVAL_NANOS) {
                    renewedNanos = now;
                    hold();
                    failing = false;
                }
                if (now - revisedNanos >= REVISION_INTERVAL_NANOS) {
                    revisedNanos = now;
                    revise();
                }
            } catch (InterruptedException ex) {
                if (!closed) {
                    log.warn("The thread of the shares was interrupted and goes on; it ends when the inbox is closed");
                }
            } catch (Throwable ex) { // an Error too: nothing but the end of the inbox ends it
                if (!failing && !closed) {
                    log.error("Shares cannot be renewed; trying again: {}", ex.toString());
                }
                failing = true;
            }
        }
    }

    /** News may be missed, and what is stored moves positions also where it is not new: so all is looked at now and then. */
    private void poll(News news, long now) {
        boolean isDue = now - polledNanos >= POLL_INTERVAL_NANOS;
        if (isDue || news.stored()) {
            polledNanos = now;
            inbox.poll();
        }
    }

    private void hold() throws StoreException {
        long asked = System.nanoTime();
        Holding now = store.hold();
        for (Share share : held()) {
            if (!now.shares().contains(share)) {
                lost(share);
            }
        }
        lease.renewed(asked); // not before, or what was lost would be handed out
        for (Share share : now.shares()) {
            // What takes too long, or fails, is tried again with the next renewal.
            if (!held.contains(share) && System.nanoTime() - asked < RENEWAL_INTERVAL_NANOS) {
                inbox.gained(share);
            }
        }
        leave(held.size() - leaving.size() - now.part());
    }

    private void lost(Share share) {
        held.remove(share);
        leaving.remove(share);
        inbox.lost(share);
    }

    private void leave(int shares) {
        List<Share> next = held.stream()
                .filter(share -> !leaving.contains(share))
                .sorted(Comparator.comparingInt(Share::number).reversed())
                .limit(Math.max(0, shares))
                .toList();
        if (!next.isEmpty()) {
            inbox.leave(next);
        }
    }

    private void giveBack() throws StoreException {
        for (Share share : List.copyOf(leaving)) {
            if (inbox.isAtRest(share)) {
                store.release(share);
                lost(share);
            }
        }
    }

    private void revise() throws StoreException {
        long now = store.revision();
        if (now != revision && inbox.revised()) {
            revision = now; // where it fails, it is tried again
        }
    }

    /** Ends the thread. Returns false where that does not end. */
    boolean end() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
