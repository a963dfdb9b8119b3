package dev.ackbox.inbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTests {

    @Test
    void isOverUntilItIsRenewed() {
        Lease lease = Lease.of(Duration.ofMinutes(1));
        assertThat(lease.isOver()).isTrue();
        lease.renewed(System.nanoTime());
        assertThat(lease.isOver()).isFalse();
    }

    @Test
    void countsFromWhenTheStoreWasAsked() {
        Lease lease = Lease.of(Duration.ofMinutes(1));
        lease.renewed(System.nanoTime() - Duration.ofMinutes(2).toNanos());
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void ends() {
        Lease lease = Lease.of(Duration.ofMillis(50));
        lease.renewed(System.nanoTime());
        await().until(lease::isOver);
    }

    @Test
    void isNeverOverWhereNobodyElseTakesShares() {
        assertThat(Lease.endless().isOver()).isFalse();
    }
}
