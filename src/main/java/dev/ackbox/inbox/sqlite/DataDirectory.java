package dev.ackbox.inbox.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of an embedded inbox, held by one process at a time. The operating system frees it when the process ends, however it ends. */
final class DataDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the directory where it is missing, and takes it.
     *
     * @throws DataDirectoryException where it is in use or cannot be written
     */
    static DataDirectory take(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel =
                    FileChannel.open(path.resolve("ackbox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                throw DataDirectoryException.inUse(path);
            }
            return new DataDirectory(path, channel);
        } catch (IOException ex) {
            closeQuietly(channel, ex);
            throw DataDirectoryException.notWritable(path, ex);
        } catch (DataDirectoryException ex) {
            closeQuietly(channel, ex);
            throw ex;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ex) {
            return false; // held by another inbox in this very process
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel, Exception reason) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ex) {
                reason.addSuppressed(ex);
            }
        }
    }

    Path database() {
        return path.resolve("inbox.db");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
