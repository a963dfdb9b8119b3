package dev.ackbox.security.certificate;

import java.util.List;
import java.util.Optional;

/** Reads headers that a proxy sets, whatever else somebody has put there. */
final class Headers {

    /** Of all lines of a header together. A chain of five certificates, URL-encoded, is well below. */
    static final int MAX_LENGTH = 32 * 1024;

    private Headers() {}

    /** The value of a header that stands there at most once; empty where there is none, or an empty one. */
    static Optional<String> single(HeaderValues headers, String name) throws RefusedException {
        List<String> values = all(headers, name);
        if (values.size() > 1) {
            throw new RefusedException(RefusalReason.REPEATED_HEADER);
        }
        return values.stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** The values of a header whose lines form one list. */
    static List<String> all(HeaderValues headers, String name) throws RefusedException {
        List<String> values = headers.of(name);
        if (values.stream().mapToLong(String::length).sum() > MAX_LENGTH) {
            throw new RefusedException(RefusalReason.TOO_LONG);
        }
        if (values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw new RefusedException(RefusalReason.CONTROL_CHARACTER);
        }
        return values;
    }
}
