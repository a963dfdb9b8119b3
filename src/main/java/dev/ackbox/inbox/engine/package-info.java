/**
 * What all engines share: group commit, hand-over from memory, order per conversation, progress of consumers, the schedule of
 * retention. A {@link dev.ackbox.inbox.engine.Store} is all that an engine adds.
 */
@NullMarked
package dev.ackbox.inbox.engine;

import org.jspecify.annotations.NullMarked;
