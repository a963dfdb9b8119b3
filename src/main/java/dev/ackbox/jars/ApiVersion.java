package dev.ackbox.jars;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a version that says whether a handler runs: 1.3 runs what was made for 1.0 to 1.3. Before 1.0, each minor version may change
 * what handlers use.
 */
record ApiVersion(int major, int minor) {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\b.*");

    /** @throws IllegalArgumentException where the text does not begin with two numbers */
    static ApiVersion of(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("'version' must begin with two numbers");
        }
        return new ApiVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
    }

    boolean runs(ApiVersion made) {
        return made.major == major && (major == 0 ? made.minor == minor : made.minor <= minor);
    }
}
