package dev.ackbox.inbox;

/** What has become of a record for one consumer. */
public enum RecordState {
    /** The consumer has not come to it, or works on it. */
    WAITING,
    /** An attempt has failed; the next one has a time. */
    RETRYING,
    /** It waits in the store for earlier records of its conversation. */
    HELD,
    /** Every handler has succeeded. */
    COMPLETED,
    /** It is a dead letter. */
    DEAD,
    /** It was given up: by an operator, by retention, or since its user was erased. */
    DISCARDED
}
