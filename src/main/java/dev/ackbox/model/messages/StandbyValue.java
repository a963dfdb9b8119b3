package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Lists;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.Redacted;
import dev.ackbox.model.Value;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Value of the field {@code standby}: what happens in chats that another app or agent owns. Comes whole.
 *
 * @param messagingProduct {@code whatsapp}; always (documented)
 * @param metadata the business phone number that it is about; optional (documented)
 * @param standby what happened; optional, may be empty (documented)
 */
public record StandbyValue(
        @Nullable String messagingProduct,
        @Nullable Metadata metadata,
        @Nullable Standby standby) implements Value {

    /**
     * What happened in chats of others.
     *
     * @param contacts the users; optional (documented)
     * @param messages received messages; optional (documented)
     * @param statuses statuses of sent messages; optional (documented)
     * @param messageEchoes sent messages; optional (documented)
     */
    public record Standby(
            List<Contact> contacts, List<Message> messages, List<Status> statuses, List<SentMessage> messageEchoes) {

        public Standby {
            contacts = Lists.orEmpty(contacts);
            messages = Lists.orEmpty(messages);
            statuses = Lists.orEmpty(statuses);
            messageEchoes = Lists.orEmpty(messageEchoes);
        }

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /**
     * A message that the owner of a chat sent.
     *
     * @param id {@code wamid.} and Base64, which holds the user's phone number (documented)
     * @param timestamp when (documented)
     * @param message the request as it was sent, open (documented)
     * @param template definition of the template, open; optional (documented)
     * @param flow definition of the flow, open; optional (documented)
     */
    public record SentMessage(
            @Nullable String id,
            @Nullable Instant timestamp,
            @Nullable JsonNode message,
            @Nullable JsonNode template,
            @Nullable JsonNode flow) {

        /** Leaves the content out: it may be personal data. */
        @Override
        public String toString() {
            return Redacted.text(this);
        }
    }

    /** Leaves the content out: it may be personal data. */
    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
