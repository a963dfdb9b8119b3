package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/**
 * Types of messages, received or sent; those without content of their own included ({@code UNKNOWN} and
 * {@code REQUEST_WELCOME} observed).
 */
public enum MessageType implements OpenEnum<MessageType> {
    TEXT,
    IMAGE,
    VIDEO,
    AUDIO,
    /** Recorded audio as a type of its own: On-Premises API only. */
    VOICE,
    DOCUMENT,
    STICKER,
    LOCATION,
    CONTACTS,
    INTERACTIVE,
    BUTTON,
    ORDER,
    REACTION,
    SYSTEM,
    EDIT,
    REVOKE,
    UNSUPPORTED,
    /** Older: what is {@link #UNSUPPORTED} now. */
    UNKNOWN,
    /** A user opened the chat for the first time. Retired. */
    REQUEST_WELCOME,
    /** In a history: media that follow later or never. */
    MEDIA_PLACEHOLDER,
    /** A disappearing message: On-Premises API only. */
    EPHEMERAL
}
