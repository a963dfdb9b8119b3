package dev.ackbox.security.certificate;

import java.util.List;

/** Gives the headers of one request. */
@FunctionalInterface
public interface HeaderValues {

    /** The values of each line of a header, in the order received; empty where there is none. Letter case is ignored. */
    List<String> of(String name);
}
