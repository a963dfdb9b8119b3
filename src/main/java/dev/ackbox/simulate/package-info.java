/** The platform's other side: signed sample traffic, from the command line. */
@NullMarked
package dev.ackbox.simulate;

import org.jspecify.annotations.NullMarked;
