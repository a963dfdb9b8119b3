package dev.ackbox.inbox.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

    /**
     * Adds an erasure; it is on the disk when this returns.
     *
     * @return with which time: right behind the last one of the subject where the clock went back. Otherwise an older copy of the
     *     database that has seen the last one would take this one for done.
     */
    Instant add(long subject, Instant at) throws IOException {
        Instant last = read().get(subject);
        Instant listed = last == null || at.isAfter(last.plusMillis(1)) ? at : last.plusMillis(1);
        addMissing(Map.of(subject, listed));
        return listed;
    }

    /** Adds those that the list lacks, or has with an earlier time; they are on the disk when this returns. */
    void addMissing(Map<Long, Instant> erasures) throws IOException {
        byte[] content = content();
        Map<Long, Instant> listed = parse(content);
        StringBuilder lines = new StringBuilder();
        erasures.forEach((subject, at) -> {
            if (listed.getOrDefault(subject, Instant.MIN).isBefore(at)) {
                lines.append(at)
                        .append(' ')
                        .append(HexFormat.of().toHexDigits(subject))
                        .append('\n');
            }
        });
        if (lines.isEmpty()) {
            return;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
            long position = wholeLines(content);
            channel.truncate(position);
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            channel.force(true);
        }
    }

    /**
     * The latest time of each subject.
     *
     * @throws IOException where the list cannot be read, or has a line that is no erasure: some erasures may be missing then
     */
    Map<Long, Instant> read() throws IOException {
        return parse(content());
    }

    private byte[] content() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException ex) {
            return new byte[0];
        }
    }

    /** How long the whole lines are. A crash may have left a part of one behind them, which was not acknowledged. */
    private static int wholeLines(byte[] content) {
        int length = content.length;
        while (length > 0 && content[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    private Map<Long, Instant> parse(byte[] content) throws IOException {
        Map<Long, Instant> erasures = new HashMap<>();
        int number = 0;
        for (String line : new String(content, 0, wholeLines(content), StandardCharsets.ISO_8859_1)
                .lines()
                .toList()) {
            number++;
            String[] parts = line.split(" ", -1);
            try {
                if (parts.length != 2 || parts[1].length() != DIGITS) {
                    throw new IllegalArgumentException("not a time and " + DIGITS + " digits");
                }
                erasures.merge(
                        HexFormat.fromHexDigitsToLong(parts[1]),
                        Instant.parse(parts[0]),
                        (one, other) -> one.isAfter(other) ? one : other);
            } catch (DateTimeException | IllegalArgumentException ex) {
                throw new IOException(
                        "Line " + number + " of the list of erasures " + file
                                + " is damaged. Restore the file, or remove the line if you know that nobody was erased by it.",
                        ex);
            }
        }
        return erasures;
    }
}
