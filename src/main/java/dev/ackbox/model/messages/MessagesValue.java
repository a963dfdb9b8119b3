package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Lists;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code messages}: what users wrote, what became of what was sent to them, and errors. Holds a
 * single one of these when it reaches a handler, with the contact that belongs to it; several where a notification
 * could not be cut.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; always (documented), absent in the On-Premises form
 * @param contacts the users; with most messages and, since 2026, many statuses, none with system messages and failed
 *     statuses (documented)
 * @param messages received messages; optional (documented)
 * @param statuses statuses of messages sent, and of payments; optional (documented)
 * @param errors errors that are not about one message; optional (documented)
 * @param userActions what users did with marketing messages; optional (documented)
 * @param conversationContext what was said before the thread was handed over; optional (documented)
 */
public record MessagesValue(
        @Nullable String messagingProduct,
        @Nullable Metadata metadata,
        List<Contact> contacts,
        List<Message> messages,
        List<Status> statuses,
        List<PlatformError> errors,
        List<UserAction> userActions,
        @Nullable ConversationContext conversationContext)
        implements Value {

    public MessagesValue {
        contacts = Lists.orEmpty(contacts);
        messages = Lists.orEmpty(messages);
        statuses = Lists.orEmpty(statuses);
        errors = Lists.orEmpty(errors);
        userActions = Lists.orEmpty(userActions);
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
