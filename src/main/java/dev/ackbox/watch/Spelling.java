package dev.ackbox.watch;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that is closest to a mistyped one. Any thread may use it. */
public final class Spelling {

    private Spelling() {}

    /**
     * A name that contains what was typed, or else the one that takes the fewest edits.
     *
     * @throws java.util.NoSuchElementException where there are no names
     */
    public static String nearest(String typed, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> name.contains(typed) ? 0 : edits(typed, name)))
                .orElseThrow();
    }

    /** How many characters to insert, remove or replace (Levenshtein's distance). */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
