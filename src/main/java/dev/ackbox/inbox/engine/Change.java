package dev.ackbox.inbox.engine;

import java.util.List;

/**
 * What a consumer has done in a share since its last change. All of it is written, or nothing.
 *
 * @param consumer its name
 * @param share the share, with the epoch in which this process owns it
 * @param progress replaces what is there
 * @param put replace what is there of their ids
 * @param remove ids of records whose delivery ends, since they are completed
 */
public record Change(String consumer, Share share, Progress progress, List<Delivery> put, List<Long> remove) {

    public Change {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }
}
