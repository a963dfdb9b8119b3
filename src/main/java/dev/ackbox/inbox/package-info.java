/** Makes what was received durable, hands it out once, and keeps what became of it. Knows bytes and keys, not the platform. */
@NullMarked
package dev.ackbox.inbox;

import org.jspecify.annotations.NullMarked;
