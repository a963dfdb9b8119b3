package dev.ackbox.command;

import java.net.URI;
import java.net.URISyntaxException;

/** A URL that Meta may be given. */
public final class CallbackUrl {

    /** The longest that Meta takes for an override (documented: "Webhook overrides"). */
    public static final int MAX_LENGTH = 200;

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
        if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("must be a whole URL with a host, without user and fragment");
        } else if (!WebUrl.isSafe(url)) {
            throw new IllegalArgumentException("must begin with https://, since Meta calls nothing else");
        } else if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters, but Meta takes at most " + MAX_LENGTH);
        }
        return url;
    }
}
