/** A store in a PostgreSQL database, which several processes share. */
@NullMarked
package dev.ackbox.inbox.postgresql;

import org.jspecify.annotations.NullMarked;
