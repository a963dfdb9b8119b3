package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.RecordFilter;
import dev.ackbox.inbox.Replay;
import dev.ackbox.inbox.Replays;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The replays of a {@link StoredInbox}. Each is open as a consumer as long as it is kept. */
final class StoredReplays implements Replays {

    private static final int ID_BYTES = 6;

    private final StoredInbox inbox;
    private final StoredArchive archive;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final List<Replay> kept = new CopyOnWriteArrayList<>();

    /** Removing one may take minutes. */
    private final ReentrantLock changing = new ReentrantLock();

    StoredReplays(StoredInbox inbox, StoredArchive archive, Clock clock) {
        this.inbox = inbox;
        this.archive = archive;
        this.clock = clock;
    }

    /** Goes on with what is stored. */
    void open() {
        inbox.storedReplays().stream()
                .sorted(Comparator.comparing(ReplayDefinition::createdAt))
                .forEach(this::open);
    }

    /** Another process may have started or stopped some. Waits for nothing here; returns false where this process is at it itself. */
    boolean revised() {
        if (!changing.tryLock()) {
            return false;
        }
        try {
            follow();
            return true;
        } finally {
            changing.unlock();
        }
    }

    private void follow() {
        List<ReplayDefinition> stored = inbox.storedReplays();
        List<Replay> gone = kept.stream()
                .filter(replay ->
                        stored.stream().noneMatch(still -> still.consumer().equals(replay.id())))
                .toList();
        gone.forEach(replay -> inbox.removed(replay.consumer()));
        kept.removeAll(gone);
        stored.stream()
                .filter(one -> kept.stream().noneMatch(replay -> replay.id().equals(one.consumer())))
                .forEach(this::open);
    }

    private Replay open(ReplayDefinition stored) {
        Replay replay = new Replay(
                stored.createdAt(), stored.handler(), stored.rate(), stored.description(), inbox.openReplay(stored));
        kept.add(replay);
        return replay;
    }

    @Override
    public Replay start(RecordFilter filter, @Nullable String handler, int rate, String description) {
        if (rate < 1 || rate > MAX_RATE) {
            throw new IllegalArgumentException("'rate' must be from 1 to " + MAX_RATE);
        }
        HashedFilter hashed = archive.hashed(filter.in(null));
        IdSpan span = archive.span(hashed);
        long records = archive.count(hashed, span);
        changing.lock();
        try {
            makeRoom();
            ReplayDefinition started = new ReplayDefinition(
                    newId(),
                    clock.instant(),
                    hashed,
                    span.after(),
                    span.through(),
                    records,
                    handler,
                    rate,
                    description);
            inbox.define(started);
            return open(started);
        } finally {
            changing.unlock();
        }
    }

    private void makeRoom() {
        if (kept.size() < MOST) {
            return;
        }
        Replay ended = kept.stream()
                .filter(replay ->
                        !replay.isRunning() && replay.consumer().backlog().dead() == 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There are " + MOST + " replays that run or have dead letters; stop one of them first"));
        removeKept(ended.id());
    }

    /** Also another one than those of earlier copies of this database. */
    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return "replay-" + HexFormat.of().formatHex(id);
    }

    @Override
    public List<Replay> all() {
        return List.copyOf(kept);
    }

    @Override
    public boolean remove(String id) {
        changing.lock();
        try {
            return removeKept(id);
        } finally {
            changing.unlock();
        }
    }

    private boolean removeKept(String id) {
        for (Replay replay : kept) {
            if (replay.id().equals(id)) {
                inbox.remove(replay.consumer());
                kept.remove(replay);
                return true;
            }
        }
        return false;
    }
}
