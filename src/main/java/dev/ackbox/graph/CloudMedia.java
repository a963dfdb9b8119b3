package dev.ackbox.graph;

import dev.ackbox.model.messages.Content;
import dev.ackbox.security.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** By the Cloud API: {@code GET /<media id>}, then the URL that it names (documented: WhatsApp Cloud API, "Media"). */
final class CloudMedia implements Media {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int BUFFER = 64 << 10;
    private static final int OK = 200;
    private static final long URL_EXPIRED = -1;

    /** What a host answers for a URL that has expired. */
    private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);

    private final GraphApi api;
    private final GraphTransport transport;
    private final GraphProperties properties;

    CloudMedia(GraphApi api, GraphTransport transport, GraphProperties properties) {
        this.api = api;
        this.transport = transport;
        this.properties = properties;
    }

    @Override
    public Description describe(String mediaId) {
        JsonNode answer = ask(mediaId);
        return new Description(
                mediaId,
                answer.path("mime_type").asString(null),
                answer.path("file_size").asLong(0));
    }

    @Override
    public long download(Content.Media media, Path file) throws IOException {
        return download(idOf(media), media.sha256(), file);
    }

    @Override
    public long download(String mediaId, Path file) throws IOException {
        return download(mediaId, null, file);
    }

    @Override
    public long download(Content.Media media, WritableByteChannel channel) throws IOException {
        return download(idOf(media), media.sha256(), channel);
    }

    private static String idOf(Content.Media media) {
        String id = media.id();
        if (id == null) {
            throw new MediaException("The media has no id");
        }
        return id;
    }

    private long download(String id, @Nullable String sha256, Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(directory, ".media-", ".part");
        try {
            long size;
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                size = download(id, sha256, channel);
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return size;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long download(String id, @Nullable String sha256, WritableByteChannel channel) throws IOException {
        for (int attempt = 1; ; attempt++) {
            JsonNode described = ask(id);
            requireSize(described.path("file_size").asLong(0));
            MessageDigest digest = Sha256.begin();
            boolean isLast = attempt == 2;
            long size = transport.download(url(described), (status, body) -> {
                if (EXPIRED.contains(status) && !isLast) {
                    return URL_EXPIRED;
                }
                if (status != OK) {
                    throw new MediaException("The media's host answered " + status);
                }
                return copy(body, channel, digest);
            });
            if (size != URL_EXPIRED) {
                byte[] found = digest.digest();
                require(described.path("sha256").asString(null), found);
                require(sha256, found);
                return size;
            }
        }
    }

    private JsonNode ask(String id) {
        if (!ID.matcher(id).matches()) {
            throw new MediaException("The id of the media is not of the form that Meta uses");
        }
        return api.get(id, Map.of());
    }

    private URI url(JsonNode described) {
        URI url;
        try {
            url = new URI(described.path("url").asString(""));
        } catch (URISyntaxException ex) {
            throw new MediaException("The answer about the media has no URL");
        }
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (!properties.media().hosts().contains(host)) {
            throw new MediaException("The media's URL is of a host that is not in 'ackbox.graph.media.hosts'");
        }
        // http only where the API itself is called without TLS, as in a test.
        if (!"https".equals(url.getScheme()) && !properties.url().getScheme().equals(url.getScheme())) {
            throw new MediaException("The media's URL is not an https URL");
        }
        return url;
    }

    private void requireSize(long size) {
        if (size > properties.media().maxSize().toBytes()) {
            throw new MediaException("The media is larger than 'ackbox.graph.media.max-size'");
        }
    }

    private long copy(InputStream body, WritableByteChannel channel, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            size += read;
            requireSize(size);
            digest.update(buffer, 0, read);
            ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
        return size;
    }

    /** Meta names the digest in hexadecimal digits here and in Base64 there. */
    private static void require(@Nullable String expected, byte[] found) {
        if (expected == null || expected.isEmpty()) {
            return;
        }
        boolean isSame = HEX.matcher(expected).matches()
                ? HexFormat.of().formatHex(found).equalsIgnoreCase(expected)
                : Base64.getEncoder().encodeToString(found).equals(expected);
        if (!isSame) {
            throw new MediaException("The media differs from the digest that Meta names");
        }
    }
}
