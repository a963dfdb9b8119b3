package dev.ackbox.inbox;

/**
 * A way through the inbox with a budget of its own: what piles up in one lane does not hold up the others.
 */
public enum Lane {
    /** Everything that somebody waits for: messages, calls, account and template changes. */
    CHANGES(0),
    /** Statuses of sent messages, which come in floods after a campaign. */
    STATUSES(1),
    /** History, and whatever is large: it has a budget of its own, so that it never delays a message. */
    BULK(2);

    private final int code;

    Lane(int code) {
        this.code = code;
    }

    /** What stands for the lane in a database; never changes. */
    public int code() {
        return code;
    }

    /** The lane of a code. */
    public static Lane ofCode(int code) {
        for (Lane lane : values()) {
            if (lane.code == code) {
                return lane;
            }
        }
        throw new IllegalArgumentException("No lane has the code " + code);
    }
}
