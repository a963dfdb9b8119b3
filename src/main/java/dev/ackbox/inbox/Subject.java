package dev.ackbox.inbox;

/**
 * Whom or what a record is about, so that an operator finds it.
 *
 * @param kind what it is
 * @param id the platform's id of it, or a user's number; not empty
 */
public record Subject(Kind kind, String id) {

    /** What a record can be about. */
    public enum Kind {
        /** A message, by its wamid. */
        MESSAGE(1),
        /** A user, by a number or by an id. */
        USER(2),
        /** A group. */
        GROUP(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** What stands for the kind in a database; never changes. */
        public int code() {
            return code;
        }
    }

    public Subject {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("'id' must not be empty");
        }
    }

    /** Leaves the id out: it is personal data. */
    @Override
    public String toString() {
        return "Subject[" + kind + "]";
    }
}
