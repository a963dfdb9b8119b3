package dev.ackbox.model.messages;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a user chose; each kind has a record of its own, and a kind that is not known is an {@link UnknownReply}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
public sealed interface Reply
        permits ButtonReply,
                ListReply,
                FlowReply,
                CallPermissionReply,
                PaymentMethodReply,
                ProductReply,
                UnknownReply {}
