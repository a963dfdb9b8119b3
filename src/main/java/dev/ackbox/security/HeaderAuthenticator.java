package dev.ackbox.security;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * By a header that holds a secret, as some gateways let their customers choose. Proves who sent it, not that the body is as it
 * was sent.
 *
 * @param header name of the header; case makes no difference
 * @param secrets what may stand in it
 */
public record HeaderAuthenticator(String header, SecretList<VerifyToken> secrets) implements Authenticator {

    @Override
    public Optional<Claim> claim(Function<String, List<String>> headers) {
        List<String> values = headers.apply(header);
        return values.size() == 1
                ? secrets.idOf(secret -> secret.matches(values.get(0))).map(id -> body -> Optional.of(id))
                : Optional.empty();
    }

    @Override
    public Optional<SecretList<?>> secretList() {
        return Optional.of(secrets);
    }
}
