/** What users write against, and the handlers that ship. */
@NullMarked
package dev.ackbox.handlers;

import org.jspecify.annotations.NullMarked;
