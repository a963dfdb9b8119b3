package dev.ackbox.watch;

import java.util.List;

/** Where the built-in stage counts. Called by many threads at once; must be quick and must not throw. */
public interface WatchObserver {

    /**
     * Something happened once more.
     *
     * @param labels as many as the meter has, in their order
     */
    void counted(WatchMeter meter, List<String> labels);

    /**
     * How much of a phone number's history has arrived.
     *
     * @param phoneNumberId the business's number
     * @param percent 100 when all of it is there
     */
    void historyProgress(String phoneNumberId, int percent);
}
