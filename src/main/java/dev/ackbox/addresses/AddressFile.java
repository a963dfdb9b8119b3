package dev.ackbox.addresses;

import dev.ackbox.command.WholeExchange;
import dev.ackbox.security.AddressList;
import dev.ackbox.security.AddressListFormat;
import dev.ackbox.security.MalformedTextException;
import dev.ackbox.security.WatchedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A file with Meta's addresses. A refresh replaces it at once by a list that can be read and has not shrunk by more than half; otherwise the
 * file stays as it is.
 */
public final class AddressFile {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Nobody has more addresses in one range. */
    private static final int WIDEST_IPV4 = 8;

    private static final int WIDEST_IPV6 = 16;

    private final Path file;
    private final URI url;
    private final Clock clock;

    /** Follows no redirect, since a redirect may lead to a list that is not Meta's. */
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public AddressFile(Path file, URI url, Clock clock) {
        this.file = file;
        this.url = url;
        this.clock = clock;
    }

    /** The file is not refreshed. The message says why, and what to do. */
    public static final class NotRefreshedException extends Exception {

        private static final long serialVersionUID = 1L;

        NotRefreshedException(String message) {
            super(message);
        }
    }

    /**
     * Fetches the list and writes it.
     *
     * @return how many ranges it has
     */
    public int refresh() throws NotRefreshedException, InterruptedException {
        byte[] fetched = fetch();
        int now = ranges(fetched);
        int before = rangesBefore();
        if (now * 2 < before) {
            throw new NotRefreshedException(
                    url + " lists " + now + " ranges where there were " + before + ", less than half; " + file
                            + " stays as it is. If the new list is right, delete the file and refresh again");
        }
        write(fetched);
        return now;
    }

    /** How long ago the last refresh succeeded; empty where none has. */
    public Optional<Duration> age() {
        try {
            return Optional.of(Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant()));
        } catch (IOException ex) {
            return Optional.empty();
        }
    }

    private byte[] fetch() throws NotRefreshedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("User-Agent", "ackbox")
                .build();
        try {
            WholeExchange.Answer answer = WholeExchange.send(client, request, WatchedFile.MAX_SIZE + 1);
            if (answer.status() != 200) {
                boolean isRedirect = answer.status() >= 300 && answer.status() < 400;
                throw new NotRefreshedException(url + " answers " + answer.status()
                        + (isRedirect ? ", a redirect, which is not followed" : "") + "; " + file + " stays as it is"
                        + (isRedirect ? ". If the list has moved, set 'ackbox.addresses.url' to where it is" : ""));
            } else if (answer.body().length > WatchedFile.MAX_SIZE) {
                throw new NotRefreshedException(url + " answers too much for a list; " + file + " stays as it is");
            }
            return answer.body();
        } catch (IOException ex) {
            throw new NotRefreshedException(
                    url + " does not answer (" + ex.getClass().getSimpleName() + "); " + file + " stays as it is");
        }
    }

    private int ranges(byte[] content) throws NotRefreshedException {
        try {
            AddressList list = AddressListFormat.GEOFEED.parse(content);
            if (list.hasRangeWiderThan(WIDEST_IPV4, WIDEST_IPV6)) {
                throw new NotRefreshedException(url + " lists a range wider than /" + WIDEST_IPV4 + " (IPv4) or /"
                        + WIDEST_IPV6 + " (IPv6), which cannot be Meta's alone; " + file + " stays as it is");
            }
            return list.size();
        } catch (MalformedTextException ex) {
            throw new NotRefreshedException(url + " answers something other than a geofeed (" + ex.getMessage() + "); "
                    + file + " stays as it is");
        }
    }

    /** Of whatever form the file is. */
    private int rangesBefore() throws NotRefreshedException {
        try {
            return Files.exists(file)
                    ? AddressListFormat.AUTO.parse(Files.readAllBytes(file)).size()
                    : 0;
        } catch (IOException | MalformedTextException ex) {
            String reason = ex instanceof MalformedTextException
                    ? ex.getMessage()
                    : ex.getClass().getSimpleName();
            throw new NotRefreshedException(file + " cannot be read as a list (" + reason
                    + "), so nothing can be compared; it stays as it is. Correct it, or delete it and refresh again");
        }
    }

    /** Those of the file before. A temporary file is for its owner alone, and the service may be another user. */
    private void keepPermissions(Path part) throws IOException {
        if (Files.getFileAttributeView(part, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(
                    part,
                    Files.exists(file)
                            ? Files.getPosixFilePermissions(file)
                            : PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private void write(byte[] content) throws NotRefreshedException {
        Path directory = file.toAbsolutePath().getParent();
        try {
            Path part = Files.createTempFile(directory, ".addresses-", ".part");
            try {
                try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(content);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
                keepPermissions(part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException ex) {
            throw new NotRefreshedException(
                    file + " cannot be written (" + ex.getClass().getSimpleName() + ")");
        }
    }
}
