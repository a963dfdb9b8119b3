package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.NewRecord;
import java.util.List;

/**
 * A record to be appended, with hashes in place of what is personal.
 *
 * @param record what is stored
 * @param share the share of its conversation
 * @param conversation keyed hash of its conversation
 * @param subjects keyed hashes of its subjects, each with the subject's kind in it
 */
public record HashedRecord(NewRecord record, int share, long conversation, List<Long> subjects) {}
