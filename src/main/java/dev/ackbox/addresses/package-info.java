/** Keeps a file with Meta's addresses up to date, by command or once a day. */
@NullMarked
package dev.ackbox.addresses;

import org.jspecify.annotations.NullMarked;
