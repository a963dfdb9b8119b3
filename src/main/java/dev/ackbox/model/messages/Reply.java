package dev.ackbox.model.messages;

/** What a user chose; each kind has a record of its own, and a kind that is not known is an {@link UnknownReply}. */
public sealed interface Reply
        permits ButtonReply,
                ListReply,
                FlowReply,
                CallPermissionReply,
                PaymentMethodReply,
                ProductReply,
                UnknownReply {}
