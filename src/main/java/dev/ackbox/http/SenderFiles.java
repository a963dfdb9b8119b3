package dev.ackbox.http;

import java.util.Map;

/**
 * How the files stand that say who may send: addresses, authorities, secrets. They are read again when they change. May be
 * called by any thread at any time, and answers at once with what the last look at them found.
 */
public interface SenderFiles {

    /** Those that cannot be read at present, by the setting that names each, with the reason; empty where all can be. */
    Map<String, String> unreadable();

    /** The path of each, by the setting that names it, or whose value it holds. */
    Map<String, String> watched();
}
