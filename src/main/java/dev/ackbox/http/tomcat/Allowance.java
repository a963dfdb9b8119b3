package dev.ackbox.http.tomcat;

/**
 * How much of something may be in use at once. While at most a quarter is, one network may have all of that. Beyond, a network gets no
 * more than its share, so that a few networks cannot keep the others out.
 *
 * @param max what all networks may use together
 * @param share what one network may use while more than a quarter of {@code max} is in use
 */
public record Allowance(long max, long share) {

    /** Shares are so small a part that 64 networks leave some for others: a quarter and 64 shares are three quarters. */
    private static final int SHARES = 128;

    /** A sender of several connections gets something through. */
    private static final int MIN_SHARE = 4;

    /** With equal shares, of 4 at least. From 512 on they leave room for others beside 64 networks; 150 leave it beside 28. */
    public static Allowance of(long max) {
        return new Allowance(max, Math.max(MIN_SHARE, max / SHARES));
    }

    /**
     * Whether a network may take more.
     *
     * @param used what all networks use, this one included
     * @param own what this network uses
     */
    public boolean admits(long used, long own, long more) {
        return used + more <= max && (used + more <= max / 4 || own + more <= share);
    }
}
