/** Whether something is genuine: signatures and tokens. */
@NullMarked
package dev.ackbox.security;

import org.jspecify.annotations.NullMarked;
