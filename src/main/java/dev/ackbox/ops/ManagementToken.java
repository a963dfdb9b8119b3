package dev.ackbox.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;

/**
 * The user of the management port, by token. Tells a token that is no good from one that cannot be checked, since the issuer
 * cannot be asked: that is nobody's fault who asks, and is logged, but not each time. Any number of threads may use it, but
 * only so many at once, since all of them wait for an issuer that does not answer.
 */
final class ManagementToken implements AuthenticationProvider {

    static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    static final int MOST_AT_ONCE = 64;

    private static final Logger log = LoggerFactory.getLogger(ManagementToken.class);

    private final AuthenticationProvider tokens;
    private final Clock clock;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final AtomicReference<Instant> nextWarning = new AtomicReference<>(Instant.MIN);

    ManagementToken(AuthenticationProvider tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @throws IssuerUnavailableException if the token could not be checked */
    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!free.tryAcquire()) {
            throw new IssuerUnavailableException();
        }
        try {
            return tokens.authenticate(authentication);
        } catch (AuthenticationServiceException | JwtDecoderInitializationException ex) {
            warn(ex);
            throw new IssuerUnavailableException(ex);
        } finally {
            free.release();
        }
    }

    private void warn(Exception ex) {
        Instant now = clock.instant();
        Instant next = nextWarning.get();
        if (!now.isBefore(next) && nextWarning.compareAndSet(next, now.plus(BETWEEN_WARNINGS))) {
            log.warn(
                    "Tokens on the management port cannot be checked and are answered 503: {}",
                    NestedExceptionUtils.getMostSpecificCause(ex).toString());
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return tokens.supports(authentication);
    }

    /** The token may be good, but nobody could say so. */
    static final class IssuerUnavailableException extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        IssuerUnavailableException() {
            super("Too many tokens are being checked");
        }

        IssuerUnavailableException(Exception cause) {
            super("The issuer of tokens cannot be asked", cause);
        }
    }
}
