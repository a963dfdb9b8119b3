/** The public face: what is answered to whom, and how much of it is read. */
@NullMarked
package dev.ackbox.http;

import org.jspecify.annotations.NullMarked;
