package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some shares have behind an id.
 *
 * @param items in order of ids
 * @param through no id up to here will appear any more; not beyond the end
 * @param end where it stops looking
 * @param more whether ids behind the end had been given before it looked
 */
public record Tail(List<Item> items, long through, long end, boolean more) {

    /** It looks at so many ids. */
    public static final int IDS = 5_000;

    /** Payloads that are larger are read page by page. */
    public static final int SMALL_BYTES = 16 << 10;

    /** It has no further payload where those before have so many bytes. */
    public static final int BYTES = 4 << 20;

    public Tail {
        items = List.copyOf(items);
    }

    /**
     * A record.
     *
     * @param record absent where its payload is not asked for, not kept, erased, or too large
     */
    public record Item(long id, Part part, @Nullable InboxRecord record) {}
}
