/** What the settings say about each endpoint: bound once, for all who need a part of it. */
@NullMarked
package dev.ackbox.endpoint;

import org.jspecify.annotations.NullMarked;
