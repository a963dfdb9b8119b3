package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.Lane;

/**
 * A lane of a share.
 *
 * @param share the share's number
 */
public record Part(int share, Lane lane) {}
