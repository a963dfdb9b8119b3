package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.PlatformError;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.AsSent;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code messages}: what users wrote, what became of what was sent to them, and errors. Holds a
 * single one of these when it reaches a handler, with the contact that belongs to it; several where a notification
 * could not be cut.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always, absent in the On-Premises form
 * @param contacts the users; with most messages and, since 2026, many statuses, none with system messages and failed
 *     statuses
 * @param messages received messages; optional
 * @param statuses statuses of messages sent; optional
 * @param paymentStatuses statuses of payments, which the platform sends among the others; optional
 * @param errors errors that are not about one message; optional
 * @param userActions what users did with marketing messages; optional
 * @param conversationContext what was said before the thread was handed over; optional
 */
public record MessagesValue(
        @Nullable String messagingProduct,
        @Nullable Metadata metadata,
        List<Contact> contacts,
        List<Message> messages,
        List<Status> statuses,
        List<PaymentStatus> paymentStatuses,
        List<PlatformError> errors,
        List<UserAction> userActions,
        @Nullable ConversationContext conversationContext)
        implements Value {

    public MessagesValue {
        contacts = Lists.orEmpty(contacts);
        messages = Lists.orEmpty(messages);
        statuses = Lists.orEmpty(statuses);
        paymentStatuses = Lists.orEmpty(paymentStatuses);
        errors = Lists.orEmpty(errors);
        userActions = Lists.orEmpty(userActions);
    }

    /** With all statuses in one list. */
    @AsSent
    MessagesValue(
            @Nullable String messagingProduct,
            @Nullable Metadata metadata,
            List<Contact> contacts,
            List<Message> messages,
            List<SentStatus> statuses,
            List<PlatformError> errors,
            List<UserAction> userActions,
            @Nullable ConversationContext conversationContext) {
        this(
                messagingProduct,
                metadata,
                contacts,
                messages,
                Lists.only(Status.class, statuses),
                Lists.only(PaymentStatus.class, statuses),
                errors,
                userActions,
                conversationContext);
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
