package dev.ackbox.security.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Headers that a proxy sets, whatever else somebody has put there.
 *
 * @param values the lines of a header by its name, in the order received; ignores letter case
 */
record Headers(Function<String, List<String>> values) {

    /** Of all lines of a header together. A chain of five certificates, URL-encoded, is well below. */
    static final int MAX_LENGTH = 32 * 1024;

    /** The value of a header that stands there at most once; empty where there is none, or an empty one. */
    Optional<String> single(String name) throws RejectedException {
        List<String> lines = all(name);
        if (lines.size() > 1) {
            throw new RejectedException(CertificateVerdict.REPEATED_HEADER);
        }
        return lines.stream().filter(line -> !line.isBlank()).findFirst();
    }

    /** The lines of a header that together form one list, without empty ones. */
    List<String> list(String name) throws RejectedException {
        List<String> lines = new ArrayList<>(all(name));
        lines.removeIf(String::isBlank);
        return lines;
    }

    private List<String> all(String name) throws RejectedException {
        List<String> lines = values.apply(name);
        if (lines.stream().mapToLong(String::length).sum() > MAX_LENGTH) {
            throw new RejectedException(CertificateVerdict.TOO_LONG);
        }
        if (lines.stream().anyMatch(line -> line.chars().anyMatch(Character::isISOControl))) {
            throw new RejectedException(CertificateVerdict.CONTROL_CHARACTER);
        }
        return lines;
    }
}
