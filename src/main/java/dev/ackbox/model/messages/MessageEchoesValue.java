package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.form.Lists;
import dev.ackbox.model.form.Redacted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Value of the field {@code message_echoes}: a message that another party sent on the number, such as the platform's
 * own agent. Holds a single one when it reaches a handler.
 *
 * @param messagingProduct {@code whatsapp}; always (observed)
 * @param metadata the business phone number that it is about; always (observed)
 * @param contacts the user; optional (observed)
 * @param messageEchoes what was sent; always (observed)
 */
public record MessageEchoesValue(
        @Nullable String messagingProduct, Metadata metadata, List<Contact> contacts, List<Message> messageEchoes)
        implements EchoesValue {

    public MessageEchoesValue {
        contacts = Lists.orEmpty(contacts);
        messageEchoes = Lists.orEmpty(messageEchoes);
    }

    @Override
    public String toString() {
        return Redacted.text(this);
    }
}
