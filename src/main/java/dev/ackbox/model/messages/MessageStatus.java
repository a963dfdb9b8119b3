package dev.ackbox.model.messages;

import dev.ackbox.model.OpenEnum;
import java.util.List;

/** What may become of a message. */
public enum MessageStatus implements OpenEnum<MessageStatus> {
    SENT,
    /** Never comes where a message is delivered and read at the same moment. */
    DELIVERED,
    READ,
    /** A voice message was listened to. */
    PLAYED,
    FAILED,
    /** Older: the user deleted the message. */
    DELETED,
    /** Older: it was delivered, but something was wrong, such as a product that is not available. */
    WARNING;

    /** How far a message is: one that is delivered has not failed, and one that was read may still be deleted. */
    private static final List<MessageStatus> ORDER = List.of(SENT, FAILED, WARNING, DELIVERED, READ, PLAYED, DELETED);

    /** A word that is not known comes before all others. */
    static int rankOf(OpenEnum<MessageStatus> word) {
        return word.known().map(ORDER::indexOf).orElse(-1);
    }
}
