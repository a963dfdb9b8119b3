package dev.ackbox.graph;

import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.handler.Received;
import tools.jackson.databind.JsonNode;

/**
 * Sends messages from within a handler, by Meta's Cloud API. A bean, present where an access token is configured.
 *
 * <p>Ackbox notes each message that it sends: by the record, the handler, and the position among the messages that the handler sends for
 * it. When the handler is called again for the same thing, by a retry or a replay, what is noted is not sent again. So a handler has to send its messages in the
 * same order each time, and from its own thread.
 *
 * <p>Where nobody knows whether Meta has sent a message, {@code ackbox.graph.after-unknown-send} decides. With {@code fail}, the method
 * throws a {@link PermanentFailureException}: the record becomes a dead letter, and is sent again if an operator puts it back. With {@code
 * resend}, it throws a {@link GraphException}, and the next attempt sends again.
 *
 * <p>All methods throw {@link GraphException} where Meta does not do what is asked, with the kinds {@link PermissionMissingException} and
 * {@link ConversationClosedException}. They throw {@link PermanentFailureException} where what was received names no business number, no user or
 * no message. Safe for use by several threads.
 */
public interface WhatsApp {

    /**
     * Answers with a text, from the number that received, to the user or the group. It quotes the user's message.
     *
     * @return the id of the message that was sent, which its statuses name
     */
    String reply(Received received, String text);

    /**
     * Reacts to the message.
     *
     * @param emoji an empty string takes the reaction back
     * @return the id of the message that the reaction is
     */
    String react(Received received, String emoji);

    /** Shows the user that the message was read. */
    void markRead(Received received);

    /** Like {@link #markRead}, and shows for up to 25 seconds that an answer is being written. */
    void markReadAndType(Received received);

    /**
     * Sends any message, from the number that received.
     *
     * @param message as the Cloud API takes it, such as {@code {"type": "image", "image": {"id": "…"}}}. What it leaves out is added: {@code
     *     messaging_product}, and as the recipient ({@code to}, {@code recipient}) the user or the group that wrote. It is not changed.
     * @return the id of the message that was sent
     */
    String send(Received received, JsonNode message);

    /** Like {@link #send(Received, JsonNode)}, of JSON text. */
    String send(Received received, String json);
}
