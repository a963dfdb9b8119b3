package dev.ackbox.benchmark;

import java.io.IOException;

/** What Ackbox does beside receiving, again and again until it is closed. */
interface BackgroundWork extends AutoCloseable {

    /** Ends it, and waits for what cannot be broken off. */
    @Override
    void close() throws IOException;

    /** What it has come to; to be called after {@link #close}. */
    String result();
}
