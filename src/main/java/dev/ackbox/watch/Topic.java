package dev.ackbox.watch;

import org.slf4j.event.Level;

/** What a field is about. */
enum Topic {
    /** What happens with each message, call or group, up to thousands of times a second. */
    CONVERSATIONS(Level.DEBUG),
    ACCOUNTS(Level.INFO),
    PHONE_NUMBERS(Level.INFO),
    TEMPLATES(Level.INFO),
    /** What has no type. */
    UNKNOWN(Level.INFO);

    private final Level level;

    Topic(Level level) {
        this.level = level;
    }

    /** The level of a line without advice. */
    Level level() {
        return level;
    }
}
