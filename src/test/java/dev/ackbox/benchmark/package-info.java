/** Measures the whole path of a notification against a controller that does nothing; run by the profile {@code benchmark}. */
@NullMarked
package dev.ackbox.benchmark;

import org.jspecify.annotations.NullMarked;
