package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;
import java.util.List;

/**
 * Part of a lane, in order of ids.
 *
 * @param records those that have their payload; some may lie beyond {@code through}
 * @param gone ids of those whose payload is no longer kept
 * @param erased of those that are gone, the ones that were erased on request, without a payload
 * @param through all records up to here are in this page or before it, and none will appear here later
 * @param more whether there is more to read behind this page
 */
public record Page(List<InboxRecord> records, List<Long> gone, List<InboxRecord> erased, long through, boolean more) {}
