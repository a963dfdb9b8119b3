/** The command {@code doctor}: finds out why notifications do not arrive, here, from outside and at Meta. Reads nothing that is stored. */
@NullMarked
package dev.ackbox.doctor;

import org.jspecify.annotations.NullMarked;
