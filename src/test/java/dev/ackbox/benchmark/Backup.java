package dev.ackbox.benchmark;

import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.BackupState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Has Ackbox make one backup after the other. The copies are deleted at the end: a disk that frees that much is busy for some time,
 * and that is not what is measured.
 */
final class Backup implements BackgroundWork {

    private static final long LOOK_MILLIS = 20;

    private final Archive archive;
    private final Path directory;
    private final CompletableFuture<Void> end;
    private final List<Path> copies = new ArrayList<>();
    private volatile boolean closed;
    private long lastBytes;

    /** Begins the first backup, in a directory below the inbox's. */
    Backup(Archive archive, Path dataDirectory) {
        this.archive = archive;
        this.directory = dataDirectory.resolve("backups");
        this.end = CompletableFuture.runAsync(this::run);
    }

    private void run() {
        try {
            while (!closed) {
                BackupState state = archive.backup(directory);
                while (state.endedAt() == null) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                    state = archive.lastBackup();
                }
                if (state.failure() != null) {
                    throw new IllegalStateException("The backup failed: " + state.failure());
                }
                lastBytes = state.bytes();
                copies.add(state.file());
            }
        } catch (InterruptedException ex) {
            throw new IllegalStateException("The backup failed", ex);
        }
    }

    /** Waits for the end of the backup that runs. */
    @Override
    public void close() throws IOException {
        closed = true;
        end.orTimeout(10, TimeUnit.MINUTES).join();
        for (Path copy : copies) {
            Files.delete(copy);
        }
    }

    @Override
    public String result() {
        return "%d backups, the last one of %.0f MB".formatted(copies.size(), lastBytes / 1024.0 / 1024);
    }
}
