package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/**
 * Kinds of replies to a message with choices, down to {@link #PRODUCT}, and kinds of such messages, which only come in echoes.
 */
public enum InteractiveType implements OpenEnum<InteractiveType> {
    BUTTON_REPLY,
    LIST_REPLY,
    NFM_REPLY,
    CALL_PERMISSION_REPLY,
    PAYMENT_METHOD,
    PRODUCT,
    BUTTON,
    LIST,
    PRODUCT_LIST,
    CATALOG_MESSAGE,
    CTA_URL,
    FLOW,
    ADDRESS_MESSAGE,
    LOCATION_REQUEST_MESSAGE,
    CALL_PERMISSION_REQUEST,
    VOICE_CALL,
    ORDER_DETAILS,
    ORDER_STATUS,
    CAROUSEL
}
