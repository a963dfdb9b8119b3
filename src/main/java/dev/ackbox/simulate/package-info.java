/** Meta's side: sends signed notifications to an Ackbox, from the command line. */
@NullMarked
package dev.ackbox.simulate;

import org.jspecify.annotations.NullMarked;
