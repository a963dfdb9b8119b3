/** Which app is told of what, and where: the commands {@code subscriptions} and {@code overrides}. */
@NullMarked
package dev.ackbox.graph.subscription;

import org.jspecify.annotations.NullMarked;
