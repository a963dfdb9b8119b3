/** Notifications as Meta sends them, with invented people, numbers and ids: for tests, and for trying things out. */
@NullMarked
package dev.ackbox.sample;

import org.jspecify.annotations.NullMarked;
