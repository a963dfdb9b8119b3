package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;

/** Kinds of messages with choices that a business may send. */
public enum OfferType implements OpenEnum<OfferType> {
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
