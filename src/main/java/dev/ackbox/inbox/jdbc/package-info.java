/** The inbox in an SQL database. */
@NullMarked
package dev.ackbox.inbox.jdbc;

import org.jspecify.annotations.NullMarked;
