package dev.ackbox.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** A URL that Meta may be given. */
public final class CallbackUrl {

    /** The longest that Meta takes for an override (documented: "Webhook overrides"). */
    public static final int MAX_LENGTH = 200;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private CallbackUrl() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException which says what is wrong with it
     */
    public static URI of(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException ex) {
            throw new IllegalArgumentException("is not a URL");
        }
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("must be a whole URL with a host, without user and fragment");
        } else if (!"https".equalsIgnoreCase(url.getScheme())
                && !("http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.contains(host))) {
            throw new IllegalArgumentException("must begin with https://, since Meta calls nothing else");
        } else if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters, but Meta takes at most " + MAX_LENGTH);
        }
        return url;
    }
}
