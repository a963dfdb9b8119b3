/** For tests of handlers: Ackbox without ports, fed with samples, on a clock that the test moves. */
@NullMarked
package dev.ackbox.test;

import org.jspecify.annotations.NullMarked;
