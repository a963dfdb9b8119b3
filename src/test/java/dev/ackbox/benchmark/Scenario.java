package dev.ackbox.benchmark;

/** What happens beside a load. */
interface Scenario {

    /** How long the load lasts. */
    default int seconds() {
        return PlannedLoad.SECONDS;
    }

    /**
     * Runs beside the load, from its beginning, on a thread of its own.
     *
     * @return how many notifications it has sent itself
     */
    int run() throws Exception;
}
