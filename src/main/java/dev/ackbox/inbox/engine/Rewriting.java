package dev.ackbox.inbox.engine;

/**
 * A payload in place of another one.
 *
 * @param id of the record
 * @param from not copied, must not be changed
 * @param to as long as the other one; not copied, must not be changed
 */
public record Rewriting(long id, byte[] from, byte[] to) {

    /** Leaves the payloads out. */
    @Override
    public String toString() {
        return "Rewriting[" + id + "]";
    }
}
