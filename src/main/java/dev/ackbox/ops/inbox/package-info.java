/** What operators ask of the inbox and have done to it, over the management port. */
@NullMarked
package dev.ackbox.ops.inbox;

import org.jspecify.annotations.NullMarked;
