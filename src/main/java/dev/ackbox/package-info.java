/** Receives WhatsApp Business Platform webhooks: verified, durable before the 200, each once, in order, passed to handlers. */
@NullMarked
package dev.ackbox;

import org.jspecify.annotations.NullMarked;
