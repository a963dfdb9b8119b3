package dev.ackbox.command;

import java.net.URI;
import java.util.Set;

/** Tells what kind of URL one is. */
public final class WebUrl {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private WebUrl() {}

    /** Whether it names a host, and http or https. */
    public static boolean isWhole(URI url) {
        return url.getHost() != null && (isHttps(url) || isHttp(url));
    }

    /** Whether nobody on the way can change what is answered: by https, or from this machine. */
    public static boolean isSafe(URI url) {
        return url.getHost() != null && (isHttps(url) || (isHttp(url) && LOOPBACK.contains(url.getHost())));
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme());
    }
}
