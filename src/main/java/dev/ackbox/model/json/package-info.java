/** Reads notifications into the model. */
@NullMarked
package dev.ackbox.model.json;

import org.jspecify.annotations.NullMarked;
