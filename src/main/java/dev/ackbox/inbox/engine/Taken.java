package dev.ackbox.inbox.engine;

import dev.ackbox.inbox.InboxRecord;

/** A record in the memory of a consumer, from its reading until it is done. Guarded by the target's lock. */
final class Taken {

    final InboxRecord record;
    final ShareProgress share;
    final ConversationQueue queue;

    /** Whether it came as a {@link Delivery}: those have a budget of their own. */
    final boolean cameAsDelivery;

    /** Whether it was erased while it was being worked on. */
    boolean erased;

    /** Whether the store has a {@link Delivery} of it. */
    boolean hasDelivery;

    Taken(InboxRecord record, ShareProgress share, ConversationQueue queue, boolean cameAsDelivery) {
        this.record = record;
        this.share = share;
        this.queue = queue;
        this.cameAsDelivery = cameAsDelivery;
        this.hasDelivery = cameAsDelivery;
    }

    long id() {
        return record.id().value();
    }
}
