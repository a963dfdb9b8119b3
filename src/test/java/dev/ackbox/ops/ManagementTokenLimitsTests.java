package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.CapturedLog;
import dev.ackbox.ops.ManagementToken.IssuerUnavailableException;
import dev.ackbox.test.MovableClock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Whoever sends tokens while the issuer is away fills neither the log nor the memory. */
@Tag("socket")
@Timeout(60)
class ManagementTokenLimitsTests {

    private final MovableClock clock = new MovableClock();

    @Test
    void thereIsOneWarningAMinute() {
        ManagementToken user = checkedBy(token -> {
            throw new JwtException("no answer");
        });
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertIsUnavailable(user);
            }
            assertThat(log.lines()).hasSize(1);
            clock.advance(ManagementToken.BETWEEN_WARNINGS);
            assertIsUnavailable(user);
            assertIsUnavailable(user);
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void soManyAreCheckedAtOnceAndNoMore() throws Exception {
        CountDownLatch checking = new CountDownLatch(ManagementToken.MOST_AT_ONCE);
        CountDownLatch answer = new CountDownLatch(1);
        ManagementToken user = checkedBy(token -> {
            checking.countDown();
            try {
                answer.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            throw new BadJwtException("no good");
        });
        ExecutorService threads = Executors.newFixedThreadPool(ManagementToken.MOST_AT_ONCE);
        try {
            for (int i = 0; i < ManagementToken.MOST_AT_ONCE; i++) {
                threads.submit(() -> user.authenticate(token()));
            }
            checking.await();
            assertIsUnavailable(user);
            answer.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThatExceptionOfType(InvalidBearerTokenException.class).isThrownBy(() -> user.authenticate(token()));
        } finally {
            threads.shutdownNow();
        }
    }

    private ManagementToken checkedBy(JwtDecoder decoder) {
        return new ManagementToken(new JwtAuthenticationProvider(decoder), clock);
    }

    private static void assertIsUnavailable(ManagementToken user) {
        assertThatExceptionOfType(IssuerUnavailableException.class).isThrownBy(() -> user.authenticate(token()));
    }

    private static BearerTokenAuthenticationToken token() {
        return new BearerTokenAuthenticationToken("token");
    }
}
