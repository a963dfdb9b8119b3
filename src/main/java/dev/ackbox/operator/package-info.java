/** The command {@code inbox}: the operator API for people and scripts, and a check of a data directory. */
@NullMarked
package dev.ackbox.operator;

import org.jspecify.annotations.NullMarked;
