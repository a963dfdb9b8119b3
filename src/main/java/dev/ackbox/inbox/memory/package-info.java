/** A store in memory, for tests and for warming up; nothing in it outlives the process. */
@NullMarked
package dev.ackbox.inbox.memory;

import org.jspecify.annotations.NullMarked;
