/** Whether something is genuine: signatures, tokens, addresses, certificates; and the files that these are read from. */
@NullMarked
package dev.ackbox.security;

import org.jspecify.annotations.NullMarked;
