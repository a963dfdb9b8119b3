package dev.ackbox.security;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How an endpoint tells that a notification is genuine. Safe for use by several threads. */
public sealed interface Authenticator permits HmacAuthenticator, HeaderAuthenticator, NoAuthenticator {

    /**
     * What a request's headers claim.
     *
     * @param headers the values of each header by its name; empty where there are none
     * @return empty where the notification cannot be genuine, so that its body need not be read
     */
    Optional<Claim> claim(Function<String, List<String>> headers);

    /** The secrets that prove it, which may be exchanged while in use; empty where there are none. */
    Optional<SecretList<?>> secretList();

    /** What the headers of a request claim, to be held against its body. */
    @FunctionalInterface
    interface Claim {

        /** The id of the secret that proves it; empty where it is not true. */
        Optional<String> provenBy(byte[] body);
    }
}
