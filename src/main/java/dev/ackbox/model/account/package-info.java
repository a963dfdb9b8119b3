/** What happens to WhatsApp Business Accounts, their phone numbers and what belongs to them. */
@NullMarked
package dev.ackbox.model.account;

import org.jspecify.annotations.NullMarked;
