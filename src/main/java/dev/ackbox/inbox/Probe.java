package dev.ackbox.inbox;

/**
 * Recognises the notification that an operator's {@code doctor} sends, to find out whether one is taken in. It is signed and stored like any
 * other, then completed without a call of a handler, and says nothing about what Meta sends.
 */
public final class Probe {

    /** In the place of Meta's name of a field. */
    public static final String FIELD = "ackbox_probe";

    private Probe() {}

    /** Whether a record of a field is a probe. */
    public static boolean isRecognisedBy(String field) {
        return field.equals(FIELD);
    }
}
