package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code smb_message_echoes}: a message that the business sent from the WhatsApp Business app or a
 * linked device. Holds a single one when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always
 * @param metadata the business phone number that it is about; always
 * @param contacts the user; optional, since 2026
 * @param messageEchoes what was sent; always
 */
public record SmbMessageEchoesValue(
        @Nullable String messagingProduct, Metadata metadata, List<Contact> contacts, List<Message> messageEchoes)
        implements EchoesValue {

    public SmbMessageEchoesValue {
        contacts = Lists.orEmpty(contacts);
        messageEchoes = Lists.orEmpty(messageEchoes);
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
