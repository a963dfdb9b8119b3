package dev.ackbox.model.messages;

import dev.ackbox.model.Contact;
import dev.ackbox.model.Metadata;
import dev.ackbox.model.Value;
import java.util.List;

/** A value with messages that were sent on a number by another way than the API. */
public sealed interface EchoesValue extends Value permits MessageEchoesValue, SmbMessageEchoesValue {

    /** The business phone number that it is about; always. */
    Metadata metadata();

    /** The user; optional, since 2026. */
    List<Contact> contacts();

    /** What was sent; always. */
    List<Message> messageEchoes();
}
