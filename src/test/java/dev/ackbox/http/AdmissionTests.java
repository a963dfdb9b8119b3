package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.http.tomcat.Allowance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class AdmissionTests {

    private static final String STRANGER = "203.0.113.9";
    private static final String SENDER = "31.13.24.1";

    private Admission admission = admission(512);

    private final List<Admission.Body> open = new ArrayList<>();

    @Test
    void aNetworkMayHaveAQuarterWhileOthersHaveNothing() {
        assertThat(admitAll(STRANGER)).isEqualTo(128);
        assertThat(admission.admit(SENDER)).isNotNull();
    }

    /** With so many networks the others still get their shares; 96 take everything. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 90})
    void networksThatTakeWhatTheyCanLeaveOthersTheirShare(int networks) {
        for (int i = 0; i < networks; i++) {
            admitAll("203.0.113." + i);
        }
        assertThat(admitAll(SENDER)).isEqualTo(4);
    }

    /** What 200 threads leave before JDK 24. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 28})
    void fewPlacesAreEnoughForFewerNetworks(int networks) {
        admission = admission(150);
        for (int i = 0; i < networks; i++) {
            admitAll("203.0.113." + i);
        }
        assertThat(admitAll(SENDER)).isEqualTo(4);
    }

    @Test
    void aGenuineBodyMakesRoomForTheNextOne() {
        admitAll(STRANGER);
        assertThat(admitAll(SENDER)).isEqualTo(4);
        open.get(open.size() - 1).isGenuine();
        assertThat(admitAll(SENDER)).isEqualTo(1);
    }

    @Test
    void addressesOfOneNetworkCountTogetherInIpv6() {
        admitAll("203.0.113.1");
        for (int i = 1; i <= 4; i++) {
            assertThat(admission.admit("2001:db8:0:7::" + i)).isNotNull();
        }
        assertThat(admission.admit("2001:db8:0:7:ffff::1")).isNull();
        assertThat(admission.admit("2001:db8:0:8::1")).isNotNull();
    }

    @Test
    void whatIsClosedIsThereAgain() {
        admitAll(STRANGER);
        open.forEach(body -> {
            body.take(100_000);
            body.isGenuine();
            body.close();
        });
        assertThat(admitAll(SENDER)).isEqualTo(128);
        assertThat(open.get(open.size() - 1).take(16 << 20)).isTrue();
    }

    @Test
    void aFewNetworksWithLargeBodiesLeaveRoomForAnotherLargeOne() {
        for (int i = 0; i < 4; i++) {
            takeAllBytes("203.0.113." + i);
        }
        Admission.Body body = admission.admit(SENDER);
        assertThat(body.take(3 << 20)).isTrue();
        body.close();
    }

    @Test
    void anAllowanceIsNeverPassed() {
        Allowance allowance = new Allowance(100, 60);
        assertThat(allowance.admits(0, 0, 25)).isTrue();
        assertThat(allowance.admits(0, 0, 61)).isFalse();
        assertThat(allowance.admits(20, 20, 41)).isFalse();
        assertThat(allowance.admits(60, 0, 40)).isTrue();
        assertThat(allowance.admits(60, 0, 41)).isFalse();
    }

    private static Admission admission(int maxBodies) {
        return new Admission(
                maxBodies,
                new HttpProperties(
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5)));
    }

    private int admitAll(String address) {
        int admitted = 0;
        for (Admission.Body body = admission.admit(address); body != null; body = admission.admit(address)) {
            open.add(body);
            admitted++;
        }
        return admitted;
    }

    private void takeAllBytes(String address) {
        Admission.Body body = admission.admit(address);
        while (body.take(1 << 20)) {
            open.add(body);
        }
    }
}
