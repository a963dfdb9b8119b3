package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import dev.ackbox.model.form.Words;
import org.jspecify.annotations.Nullable;

/** {@link ReplyType} and {@link OfferType} in one list, as the platform has them. */
enum InteractiveType implements OpenEnum<InteractiveType> {
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
    CAROUSEL;

    private static final Words<ReplyType> REPLIES = new Words<>(ReplyType.class);
    private static final Words<OfferType> OFFERS = new Words<>(OfferType.class);

    /** The reply that this is, also where it is not known; absent where it is an offer. */
    static @Nullable OpenEnum<ReplyType> reply(@Nullable OpenEnum<InteractiveType> type) {
        return type == null || offer(type) != null ? null : REPLIES.read(type.name());
    }

    /** The offer that this is; absent where it is a reply, or not known. */
    static @Nullable OpenEnum<OfferType> offer(@Nullable OpenEnum<InteractiveType> type) {
        OpenEnum<OfferType> offer = type == null ? null : OFFERS.read(type.name());
        return offer instanceof OfferType ? offer : null;
    }
}
