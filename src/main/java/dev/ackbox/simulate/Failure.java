package dev.ackbox.simulate;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there was no answer. */
enum Failure {
    CONNECTION_REFUSED,
    HOST_NOT_FOUND,
    CONNECT_TIMED_OUT,
    ANSWER_TIMED_OUT,
    TLS_FAILED,
    CONNECTION_LOST;

    /** The kind of what the HTTP client reports, which may be wrapped. */
    static Failure of(Throwable reported) {
        if (caused(reported, UnresolvedAddressException.class)) {
            return HOST_NOT_FOUND;
        } else if (caused(reported, HttpConnectTimeoutException.class)) {
            return CONNECT_TIMED_OUT;
        } else if (caused(reported, HttpTimeoutException.class) || caused(reported, TimeoutException.class)) {
            return ANSWER_TIMED_OUT;
        } else if (caused(reported, SSLException.class)) {
            return TLS_FAILED;
        }
        return caused(reported, ConnectException.class) ? CONNECTION_REFUSED : CONNECTION_LOST;
    }

    private static boolean caused(Throwable reported, Class<? extends Throwable> kind) {
        for (@Nullable Throwable cause = reported; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
