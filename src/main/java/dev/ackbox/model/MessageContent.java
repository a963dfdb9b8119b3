package dev.ackbox.model;

/**
 * What a message says; each type has a record of its own, and a type that is not known is an {@link UnknownContent}.
 */
public sealed interface MessageContent
        permits Text,
                Media,
                Location,
                ContactCards,
                Interactive,
                Button,
                Order,
                Reaction,
                SystemNotice,
                Edit,
                Revoke,
                Unsupported,
                UnknownContent {}
