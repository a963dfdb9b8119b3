package dev.ackbox.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message from a user, typed by the platform's {@code type}; one of a type that is not known is an {@link UnknownMessage}. */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = "type",
        visible = true,
        defaultImpl = UnknownMessage.class)
@JsonSubTypes(@JsonSubTypes.Type(value = TextMessage.class, name = "text"))
public sealed interface Message permits TextMessage, UnknownMessage {

    /** {@code wamid.} and Base64, which holds the user's phone number; a short opaque text in test notifications. */
    @Nullable
    String id();

    /** When the message reached the platform (documented). */
    @Nullable
    Instant timestamp();

    /** The platform's word for what kind of message it is. */
    @Nullable
    String type();

    /** The user's WhatsApp id, digits; absent since 2026 where the number may not be shared (documented). */
    @Nullable
    String from();

    /** The user's business-scoped id (documented). */
    @Nullable
    String fromUserId();

    /** The group that it was written in; absent outside of groups (documented). */
    @Nullable
    String groupId();
}
