/** What an operator sees: health, metrics, the report at the start, and what to do when it does not start. */
@NullMarked
package dev.ackbox.ops;

import org.jspecify.annotations.NullMarked;
