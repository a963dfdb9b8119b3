package dev.ackbox.inbox.engine;

/**
 * What other processes may have done.
 *
 * @param stored whether they may have stored records for this one
 * @param freed whether a share may be free by now
 */
public record News(boolean stored, boolean freed) {

    /** Nothing, as far as is known. */
    public static final News NONE = new News(false, false);

    /** Where it cannot be told what they have done. */
    public static final News ANY = new News(true, true);
}
