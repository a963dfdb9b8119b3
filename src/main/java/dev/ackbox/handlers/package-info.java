/** What users write against. */
@NullMarked
package dev.ackbox.handlers;

import org.jspecify.annotations.NullMarked;
