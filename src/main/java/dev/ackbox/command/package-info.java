/** What the commands share: settings without a service, tables, questions, and the handshake that Meta makes with a receiver. */
@NullMarked
package dev.ackbox.command;

import org.jspecify.annotations.NullMarked;
