package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/** What may become of a message, or of a payment (documented). */
public enum MessageStatus implements OpenEnum<MessageStatus> {
    SENT,
    /** Never comes where a message is delivered and read at the same moment (documented). */
    DELIVERED,
    READ,
    /** A voice message was listened to. */
    PLAYED,
    FAILED,
    /** Older: the user deleted the message. */
    DELETED,
    /** Older: it was delivered, but something was wrong, such as a product that is not available. */
    WARNING,
    /** Of a payment. */
    PENDING,
    /** Of a payment. */
    CAPTURED
}
