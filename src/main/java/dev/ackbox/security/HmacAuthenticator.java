package dev.ackbox.security;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * By a signature over the bytes of the body: Meta's own, or a gateway's.
 *
 * @param scheme where the signature stands
 * @param secrets what it is made with
 */
public record HmacAuthenticator(SignatureScheme scheme, SecretList<AppSecret> secrets) implements Authenticator {

    @Override
    public Optional<Claim> claim(Function<String, List<String>> headers) {
        return scheme.parse(headers.apply(scheme.header())).map(signature -> body -> signature.signedBy(body, secrets));
    }

    @Override
    public Optional<SecretList<?>> secretList() {
        return Optional.of(secrets);
    }
}
