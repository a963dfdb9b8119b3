package dev.ackbox.inbox;

/**
 * Whom or what a record is about, so that an operator finds it.
 *
 * @param kind what the id names
 * @param id not empty
 */
public record Subject(Kind kind, String id) {

    public Subject {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("'id' must not be empty");
        }
    }

    /** What an id names. */
    public enum Kind {
        /** A message, by its wamid. */
        MESSAGE(1),
        /** A user, by a phone number or a business-scoped id. */
        USER(2),
        /** A group. */
        GROUP(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** Stands for the kind in a database; never changes. */
        public int code() {
            return code;
        }
    }

    /** Leaves the id out: it is personal data. */
    @Override
    public String toString() {
        return "Subject[" + kind + "]";
    }
}
