package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.Value;
import dev.ackbox.model.form.AsSent;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Value of the field {@code standby}: what happens in chats that another app or agent owns. Comes whole.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; optional
 * @param standby what happened; optional, may be empty
 */
public record StandbyValue(
        @Nullable String messagingProduct,
        @Nullable Metadata metadata,
        @Nullable Standby standby) implements Value {

    /**
     * What happened in chats of others.
     *
     * @param contacts the users; optional
     * @param messages received messages; optional
     * @param statuses statuses of sent messages; optional
     * @param paymentStatuses statuses of payments; optional (inferred)
     * @param messageEchoes sent messages; optional
     */
    public record Standby(
            List<Contact> contacts,
            List<Message> messages,
            List<Status> statuses,
            List<PaymentStatus> paymentStatuses,
            List<SentMessage> messageEchoes) {

        public Standby {
            contacts = Lists.orEmpty(contacts);
            messages = Lists.orEmpty(messages);
            statuses = Lists.orEmpty(statuses);
            paymentStatuses = Lists.orEmpty(paymentStatuses);
            messageEchoes = Lists.orEmpty(messageEchoes);
        }

        /** With all statuses in one list. */
        @AsSent
        Standby(
                List<Contact> contacts,
                List<Message> messages,
                List<SentStatus> statuses,
                List<SentMessage> messageEchoes) {
            this(
                    contacts,
                    messages,
                    Lists.only(Status.class, statuses),
                    Lists.only(PaymentStatus.class, statuses),
                    messageEchoes);
        }

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A message that the owner of a chat sent.
     *
     * @param id {@code wamid.} and Base64, which holds the user's phone number
     * @param timestamp when
     * @param message the request as it was sent, open
     * @param template definition of the template, open; optional
     * @param flow definition of the flow, open; optional
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SentMessage(
            @Nullable String id,
            @Nullable Instant timestamp,
            @Nullable JsonNode message,
            @Nullable JsonNode template,
            @Nullable JsonNode flow) {

        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
