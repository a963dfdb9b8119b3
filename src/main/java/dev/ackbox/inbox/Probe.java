package dev.ackbox.inbox;

/**
 * Recognises the notification and the handshake of an operator's {@code doctor}, which finds out whether those of Meta are taken in. The
 * notification is signed and stored like any other, then completed without a call of a handler. Neither says anything about what Meta sends.
 */
public final class Probe {

    /** In the place of Meta's name of a field; of a handshake, a further parameter. */
    public static final String FIELD = "ackbox_probe";

    private Probe() {}

    /** Whether a record of a field is a probe. */
    public static boolean isRecognisedBy(String field) {
        return field.equals(FIELD);
    }
}
