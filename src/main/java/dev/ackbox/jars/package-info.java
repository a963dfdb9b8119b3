/** The jars in the handlers' directory: whether Ackbox can run them, and which of them a bean comes from. */
@NullMarked
package dev.ackbox.jars;

import org.jspecify.annotations.NullMarked;
