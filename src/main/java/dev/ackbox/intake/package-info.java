/** From a notification's bytes to inbox records: where it is cut, what identifies each piece, what it keeps its order in. */
@NullMarked
package dev.ackbox.intake;

import org.jspecify.annotations.NullMarked;
