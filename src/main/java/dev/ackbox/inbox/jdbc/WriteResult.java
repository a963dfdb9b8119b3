package dev.ackbox.inbox.jdbc;

import dev.ackbox.inbox.Appended;
import dev.ackbox.inbox.InboxRecord;
import java.util.List;

/**
 * What a transaction has written.
 *
 * @param appended what became of each notification, in their order
 * @param stored the new records, in order of arrival
 * @param died how many of the settled records are dead letters now
 * @param left how many of the settled records wait no longer
 */
record WriteResult(List<Appended> appended, List<InboxRecord> stored, int died, int left) {}
