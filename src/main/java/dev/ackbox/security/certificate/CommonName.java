package dev.ackbox.security.certificate;

import java.util.regex.Pattern;

/**
 * The common name that the client's certificate must have: a host name, compared as host names are, without regard to
 * letter case, and always as a whole.
 */
public record CommonName(String value) {

    // Before the name, which is checked by it.
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    /** What the platform's certificates are issued to (documented: Graph API webhooks, "mTLS for webhooks"). */
    public static final CommonName OF_THE_PLATFORM = new CommonName("client.webhooks.fbclientcerts.com");

    public CommonName {
        if (!HOST_NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("'value' must be a host name of letters, digits, '-' and '.'");
        }
    }

    boolean matches(String candidate) {
        // Outside ASCII there are letters whose other case is an ASCII letter, the Kelvin sign for one.
        return candidate.chars().allMatch(character -> character < 0x80) && value.equalsIgnoreCase(candidate);
    }
}
