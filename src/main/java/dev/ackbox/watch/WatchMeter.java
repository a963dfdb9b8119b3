package dev.ackbox.watch;

import java.util.List;

/**
 * A counter of the built-in stage. Its labels have few values: a word that the model knows, in lower case, {@code none}
 * where there is no word, or {@code other}.
 *
 * @param name with the prefix {@code ackbox.whatsapp.}
 * @param description what it counts, in a few words
 * @param labels their names
 */
public record WatchMeter(String name, String description, List<String> labels) {

    static final String PREFIX = "ackbox.whatsapp.";

    /** All counters, in the order of the fields that they belong to. */
    public static List<WatchMeter> all() {
        return WatchTable.meters();
    }
}
