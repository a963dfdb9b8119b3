/** From inbox records to handlers: who is called, in which order, how often, and what is noted of it. */
@NullMarked
package dev.ackbox.dispatch;

import org.jspecify.annotations.NullMarked;
