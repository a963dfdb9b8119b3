/** What users write, what becomes of what is sent to them, and what else happens in conversations. */
@NullMarked
package dev.ackbox.model.messages;

import org.jspecify.annotations.NullMarked;
