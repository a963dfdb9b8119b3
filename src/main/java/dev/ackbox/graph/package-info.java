/** Client of Meta's Graph API: answers and media for handlers, and what the commands ask. Nothing runs unless a token is configured. */
@NullMarked
package dev.ackbox.graph;

import org.jspecify.annotations.NullMarked;
