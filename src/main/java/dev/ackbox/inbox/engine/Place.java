package dev.ackbox.inbox.engine;

/** A lane of a share, for a consumer. */
record Place(ShareProgress share, Feed feed) {

    Part part() {
        return new Part(share.share.number(), feed.lane.lane);
    }
}
