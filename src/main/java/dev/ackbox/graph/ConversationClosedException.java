package dev.ackbox.graph;

/**
 * More than 24 hours have passed since the user last wrote (Meta's code 131047). Until the user writes again, Meta sends templates only.
 */
public final class ConversationClosedException extends GraphException {

    private static final long serialVersionUID = 1L;

    ConversationClosedException(GraphError error) {
        super(error);
    }
}
