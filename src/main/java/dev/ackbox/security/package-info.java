/** Whether something is genuine: signatures, tokens and addresses; and the files that such things are kept in. */
@NullMarked
package dev.ackbox.security;

import org.jspecify.annotations.NullMarked;
