package dev.ackbox.model;

/** What a user chose; each kind has a record of its own, and a kind that is not known is an {@link UnknownReply}. */
public sealed interface InteractiveReply
        permits ButtonReply, ListReply, NfmReply, CallPermissionReply, PaymentMethodReply, ProductReply, UnknownReply {}
