/** Calls with users. */
@NullMarked
package dev.ackbox.model.calls;

import org.jspecify.annotations.NullMarked;
