/** What handlers are written against: {@link dev.ackbox.handler.Handler}, what it is given, and how it says that it failed. */
@NullMarked
package dev.ackbox.handler;

import org.jspecify.annotations.NullMarked;
