package dev.ackbox.handlers;

/** What the handlers that ship observe. Called by many threads at once; must be quick and must not throw. */
public interface PlatformObserver {

    /**
     * Something happened once more.
     *
     * @param labels as many as the count has labels, in their order
     */
    void counted(PlatformCount count, String... labels);

    /**
     * How far the history of a phone number has come.
     *
     * @param phoneNumberId which number
     * @param percent 100 when all is there
     */
    void historyProgress(String phoneNumberId, int percent);
}
