package dev.ackbox.inbox;

/**
 * Who reads the inbox.
 *
 * @param name not empty; progress is kept under it, so it never changes
 * @param target the consumer on whose behalf this one works, mostly its own name. No conversation is worked on twice at once
 *     for one target; different targets do not exclude each other.
 * @param important whether retention waits for it, up to {@code ackbox.inbox.max-hold}
 */
public record ConsumerDefinition(String name, String target, boolean important) {

    /** The consumer of all handler beans. */
    public static final ConsumerDefinition HANDLERS = new ConsumerDefinition("handlers", "handlers", true);

    public ConsumerDefinition {
        if (name.isEmpty() || target.isEmpty()) {
            throw new IllegalArgumentException("'name' and 'target' must not be empty");
        }
    }
}
