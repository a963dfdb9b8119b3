package dev.ackbox.inbox.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that keeps the shares: renews them, takes over those that are free, and tells consumers of news from other processes. */
final class ShareKeeper {

    private static final Logger log = LoggerFactory.getLogger(ShareKeeper.class);
    private static final long RENEWAL_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private final Store store;
    private final StoredInbox inbox;
    private final Thread thread = new Thread(this::run, "ackbox-inbox-shares");
    private final Set<Share> held = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ShareKeeper(Store store, StoredInbox inbox) {
        this.store = store;
        this.inbox = inbox;
        thread.setDaemon(true);
    }

    /** Only where other processes store as well is there something to keep. */
    void start() {
        if (store.isShared()) {
            thread.start();
        }
    }

    Set<Share> held() {
        return Set.copyOf(held);
    }

    /** Every consumer has loaded a share. Called by the writer, so that no consumer is opened in between. */
    void add(Share share) {
        held.add(share);
    }

    /** Asks the store which shares are held, before the thread is started. */
    void renew() throws StoreException {
        held.addAll(store.hold());
    }

    private void run() {
        long renewedNanos = System.nanoTime();
        while (!closed) {
            try {
                store.awaitNews(POLL_INTERVAL);
                inbox.poll();
                if (System.nanoTime() - renewedNanos >= RENEWAL_INTERVAL_NANOS) {
                    renewedNanos = System.nanoTime();
                    change(store.hold());
                }
            } catch (InterruptedException ex) {
                if (!closed) {
                    log.warn("The thread of the shares was interrupted and goes on; it ends when the inbox is closed");
                }
            } catch (Throwable ex) { // an Error too: nothing but the end of the inbox ends it
                log.error("Shares cannot be renewed; trying again: {}", ex.toString());
            }
        }
    }

    private void change(Set<Share> now) {
        for (Share share : held()) {
            if (!now.contains(share)) {
                held.remove(share);
                inbox.lost(share);
            }
        }
        for (Share share : now) {
            if (!held.contains(share)) {
                inbox.gained(share); // where that fails, it is tried again with the next renewal
            }
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
