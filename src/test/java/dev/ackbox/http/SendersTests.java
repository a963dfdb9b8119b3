package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.http.Senders.Standing;
import dev.ackbox.test.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendersTests {

    private final MovableClock clock = new MovableClock();
    private final Senders senders = new Senders(10, clock);

    @Test
    void nothingIsKnownOfWhoeverComesFirst() {
        assertThat(senders.standingOf("31.13.24.1")).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void whoeverSendsMuchThatIsRefusedIsSuspectForAWhile() {
        refuse("203.0.113.9", 9);
        assertThat(senders.standingOf("203.0.113.9")).isEqualTo(Standing.UNKNOWN);
        refuse("203.0.113.9", 1);
        assertThat(senders.standingOf("203.0.113.9")).isEqualTo(Standing.SUSPECT);
        assertThat(senders.standingOf("203.0.113.10")).isEqualTo(Standing.UNKNOWN);
        clock.advance(Duration.ofSeconds(7));
        assertThat(senders.standingOf("203.0.113.9")).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void whoeverSentSomethingGenuineIsNeverLimited() {
        refuse("31.13.24.1", 50);
        senders.proven("31.13.24.1");
        refuse("31.13.24.1", 50);
        assertThat(senders.standingOf("31.13.24.1")).isEqualTo(Standing.PROVEN);
        clock.advance(Duration.ofMinutes(61));
        assertThat(senders.standingOf("31.13.24.1")).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void addressesOfOneNetworkCountTogetherInIpv6() {
        for (int i = 1; i <= 10; i++) {
            senders.refused("2001:db8:0:7::" + i);
        }
        assertThat(senders.standingOf("2001:db8:0:7:ffff::1")).isEqualTo(Standing.SUSPECT);
        assertThat(senders.standingOf("2001:db8:0:8::1")).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void suspectsHaveToMakeDoWithLittleOfTheMemory() {
        Budget budget = new Budget(800);
        try (Budget.Share suspect = budget.share(Standing.SUSPECT);
                Budget.Share unknown = budget.share(Standing.UNKNOWN);
                Budget.Share proven = budget.share(Standing.PROVEN)) {
            assertThat(suspect.grow(100)).isTrue();
            assertThat(suspect.grow(1)).isFalse();
            assertThat(unknown.grow(500)).isTrue();
            assertThat(unknown.grow(1)).isFalse();
            assertThat(proven.grow(200)).isTrue();
            assertThat(proven.grow(1)).isFalse();
        }
        try (Budget.Share all = budget.share(Standing.PROVEN)) {
            assertThat(all.grow(800)).isTrue();
        }
    }

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            senders.refused(address);
        }
    }
}
