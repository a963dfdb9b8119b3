package dev.ackbox.graph;

import dev.ackbox.model.messages.Content;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Downloads media that users sent. A bean, present where an access token is configured.
 *
 * <p>Meta keeps media for 7 days. Each download asks Meta for a fresh URL, and for another one where that has expired. The token is sent to
 * the hosts of {@code ackbox.graph.media.hosts} alone, over TLS, and no redirect is followed. What is larger than {@code
 * ackbox.graph.media.max-size}, or differs from the digest that Meta names, is not taken.
 *
 * <p>All methods throw {@link MediaException} where the media is not taken, {@link GraphException} where Meta does not answer or says no, and
 * {@link IOException} where it cannot be written. Safe for use by several threads.
 */
public interface Media {

    /**
     * What Meta says about media.
     *
     * @param id what it is downloaded by
     * @param mimeType such as {@code image/jpeg}; absent where Meta names none
     * @param size in bytes; 0 where Meta names none
     */
    record Description(String id, @Nullable String mimeType, long size) {}

    /** What Meta says about media. */
    Description describe(String mediaId);

    /**
     * Downloads into a file. It appears once it is complete and checked, in place of an earlier one.
     *
     * @return its size in bytes
     */
    long download(Content.Media media, Path file) throws IOException;

    /**
     * Downloads into a channel, as it comes. Where the method throws, what was written must be dropped: its digest is known only at the end.
     *
     * @param channel stays open
     * @return how many bytes were written
     */
    long download(Content.Media media, WritableByteChannel channel) throws IOException;

    /** Like {@link #download(Content.Media, Path)}, by the id of media that is no content of a message, such as a recording of a call. */
    long download(String mediaId, Path file) throws IOException;
}
