/** What a business brings along from the WhatsApp Business app. */
@NullMarked
package dev.ackbox.model.history;

import org.jspecify.annotations.NullMarked;
