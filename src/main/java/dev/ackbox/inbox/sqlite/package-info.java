/** The inbox in an SQLite file: SQL, the file and its write-ahead log. */
@NullMarked
package dev.ackbox.inbox.sqlite;

import org.jspecify.annotations.NullMarked;
