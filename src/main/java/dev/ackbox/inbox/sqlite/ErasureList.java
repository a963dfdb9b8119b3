package dev.ackbox.inbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The erasures, each a line with its time and the keyed hash of its subject, in a file beside the database: an older copy of the
 * database does not have them. Without the key, which is in the database, the hash says nothing about anybody.
 */
final class ErasureList {

    /** Of a hash. */
    private static final int DIGITS = 16;

    private static final String NAME = "erasures";

    private final Path file;

    ErasureList(Path directory) {
        this.file = directory.resolve(NAME);
    }

    /** Adds an erasure; it is on the disk when this returns. */
    void add(long subject, Instant at) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String line = at + " " + HexFormat.of().toHexDigits(subject) + "\n";
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String separator = endsWithin(channel) ? "\n" : "";
            ByteBuffer bytes = ByteBuffer.wrap((separator + line).getBytes(StandardCharsets.US_ASCII));
            long position = channel.size();
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            channel.force(true);
        }
    }

    /** Whether a crash has left a part of a line. */
    private static boolean endsWithin(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }

    /** The latest time of each subject. What is no whole line was not acknowledged. */
    Map<Long, Instant> read() throws IOException {
        Map<Long, Instant> erasures = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                int blank = line.indexOf(' ');
                if (line.length() - blank - 1 != DIGITS) {
                    continue;
                }
                try {
                    erasures.merge(
                            HexFormat.fromHexDigitsToLong(line.substring(blank + 1)),
                            Instant.parse(line.substring(0, Math.max(0, blank))),
                            (one, other) -> one.isAfter(other) ? one : other);
                } catch (DateTimeException | IllegalArgumentException ex) {
                    continue;
                }
            }
        }
        return erasures;
    }
}
