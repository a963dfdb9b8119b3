package dev.ackbox.ops;

import dev.ackbox.http.Throttle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Counts rejected logins on the management port, and logs them once a minute at most. Never logs a name, password or token. */
final class FailedLogins implements AuthenticationEventPublisher {

    static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);

    private final MeterFamily<Counter> failed;
    private final Throttle warnings;

    FailedLogins(MeterRegistry registry, Clock clock) {
        this.failed = MeterFamily.counters(
                registry, "ackbox.management.logins.failed", "Rejected logins on the management port", "reason");
        this.warnings = new Throttle(BETWEEN_WARNINGS, clock);
    }

    @Override
    public void publishAuthenticationSuccess(Authentication authentication) {}

    @Override
    public void publishAuthenticationFailure(AuthenticationException failure, Authentication authentication) {
        if (failure instanceof AuthenticationServiceException) {
            failed.of("issuer").increment();
            if (warnings.permits("login")) {
                log.warn(
                        "Tokens on the management port cannot be checked and are answered 503: {}",
                        NestedExceptionUtils.getMostSpecificCause(failure).toString());
            }
            return;
        }
        String reason = authentication instanceof UsernamePasswordAuthenticationToken ? "password" : "token";
        failed.of(reason).increment();
        if (warnings.permits("login")) {
            log.warn(
                    "A login on the management port was rejected: wrong {}. 'ackbox.management.logins.failed' counts all",
                    reason);
        }
    }
}
