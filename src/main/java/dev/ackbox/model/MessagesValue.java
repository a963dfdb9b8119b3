package dev.ackbox.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code messages}: what users wrote, what became of what was sent to them, and errors. Holds a single
 * one of these when it reaches a handler, with the contact that belongs to it.
 *
 * @param messagingProduct {@code whatsapp} (documented)
 * @param metadata the business phone number that it is about
 * @param contacts the users; empty on system messages and failed statuses (documented)
 * @param messages received messages
 * @param statuses statuses of messages sent, and of payments
 * @param errors errors that are not about one message
 */
public record MessagesValue(
        @Nullable String messagingProduct,
        @Nullable Metadata metadata,
        List<Contact> contacts,
        List<Message> messages,
        List<Status> statuses,
        List<PlatformError> errors)
        implements Value {

    public MessagesValue {
        contacts = Lists.orEmpty(contacts);
        messages = Lists.orEmpty(messages);
        statuses = Lists.orEmpty(statuses);
        errors = Lists.orEmpty(errors);
    }

    /** Leaves the content out: it is personal data. */
    @Override
    public String toString() {
        return "MessagesValue[" + messages.size() + " messages, " + statuses.size() + " statuses, " + errors.size()
                + " errors]";
    }
}
