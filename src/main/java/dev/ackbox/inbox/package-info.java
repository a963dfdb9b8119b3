/** Makes what was received durable and gives it to consumers, each with its own progress. Knows bytes and keys, not the platform. */
@NullMarked
package dev.ackbox.inbox;

import org.jspecify.annotations.NullMarked;
