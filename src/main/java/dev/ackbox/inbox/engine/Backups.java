package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.BackupState;
import dev.ackbox.inbox.InboxUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one backup at a time, on a thread that ends with it. The copy gets its name when it is complete and on the disk. */
final class Backups {

    private static final Logger log = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long CLOSE_TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final ArchiveStore store;
    private final Clock clock;
    private @Nullable Thread thread;
    private @Nullable Path part;
    private @Nullable BackupState last;
    private volatile boolean closed;

    Backups(ArchiveStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Begins one; throws {@link IllegalStateException} where one is running. */
    synchronized BackupState start(Path directory) {
        if (closed) {
            throw new InboxUnavailableException("The inbox is closed");
        }
        if (last != null && last.endedAt() == null) {
            throw new IllegalStateException("A backup is running");
        }
        Instant now = clock.instant();
        Path file = directory.resolve("inbox-" + TIME.format(now) + ".db");
        Path copy = directory.resolve(file.getFileName() + ".part");
        BackupState started = new BackupState(file, now, null, 0, null);
        Thread copying = new Thread(() -> run(directory, copy, file), "ackbox-inbox-backup");
        copying.setDaemon(true);
        part = copy;
        last = started;
        thread = copying;
        copying.start();
        return started;
    }

    /** The one that runs, or ran last; absent where there was none since the start. */
    synchronized @Nullable BackupState last() {
        BackupState state = last;
        Path copy = part;
        if (state == null || state.endedAt() != null || copy == null) {
            return state;
        }
        return new BackupState(state.file(), state.startedAt(), null, size(copy), null);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException ex) {
            return 0; // it is not there yet
        }
    }

    private void run(Path directory, Path copy, Path file) {
        String failure = null;
        try {
            Files.createDirectories(directory);
            deleteUnfinished(directory);
            store.copy(copy, () -> closed);
            sync(copy);
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | StoreException | RuntimeException | Error ex) {
            failure = ex.toString();
            log.error("The backup failed: {}", failure);
            delete(copy);
        }
        ended(failure, size(file));
    }

    /** What a crash has left of earlier ones has payloads, and no retention ends it. */
    static void deleteUnfinished(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "inbox-*.db.part")) {
            unfinished.forEach(Backups::delete);
        } catch (IOException | DirectoryIteratorException ex) {
            log.warn("Unfinished backups in {} cannot be looked for: {}", directory, ex.toString());
        }
    }

    private static void sync(Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException ex) {
            log.warn("The unfinished backup cannot be deleted: {}", ex.toString());
        }
    }

    private synchronized void ended(@Nullable String failure, long bytes) {
        BackupState state = last;
        if (state != null) {
            last = new BackupState(state.file(), state.startedAt(), clock.instant(), bytes, failure);
        }
    }

    /** Breaks off what runs. Returns false where that does not end. */
    boolean end() {
        Thread copying;
        synchronized (this) {
            closed = true;
            copying = thread;
        }
        if (copying == null) {
            return true;
        }
        try {
            copying.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return !copying.isAlive();
    }
}
