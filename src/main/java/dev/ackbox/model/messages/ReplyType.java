package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/** Kinds of replies: what a user may answer to a message with choices. */
public enum ReplyType implements OpenEnum<ReplyType> {
    BUTTON_REPLY,
    LIST_REPLY,
    NFM_REPLY,
    CALL_PERMISSION_REPLY,
    PAYMENT_METHOD,
    PRODUCT
}
