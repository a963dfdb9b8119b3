package dev.ackbox.doctor;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** When the first certificate of a chain ends: from then on, the chain is worth nothing. */
record ChainEnd(Instant at) {

    private static final Duration SOON = Duration.ofDays(14);

    static ChainEnd of(List<Certificate> chain) {
        return new ChainEnd(chain.stream()
                .filter(X509Certificate.class::isInstance)
                .map(certificate ->
                        ((X509Certificate) certificate).getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX));
    }

    boolean isSoon(Clock clock) {
        return at.isBefore(clock.instant().plus(SOON));
    }

    LocalDate date() {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
