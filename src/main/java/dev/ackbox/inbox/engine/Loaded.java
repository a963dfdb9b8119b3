package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;
import java.util.Map;
import java.util.Set;

/**
 * What a store knows of a consumer in a share.
 *
 * @param progress as it was written last
 * @param held by lane, the conversations that have held records
 */
public record Loaded(Progress progress, Map<Lane, Set<Long>> held) {}
