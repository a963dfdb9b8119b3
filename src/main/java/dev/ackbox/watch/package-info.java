/** The built-in stage before the handlers: counts, keeps the state of accounts, and warns the operator with advice. */
@NullMarked
package dev.ackbox.watch;

import org.jspecify.annotations.NullMarked;
