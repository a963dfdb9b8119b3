package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the service starts where it must not, and how it stops. */
class SecondServiceProcessTests {

    private static final Duration FAILED_START = Duration.ofSeconds(30);

    /** As configured by default. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void doesNotStartOnADataDirectoryInUse() throws Exception {
        Platform platform = new Platform(2, 100, 1);
        try (AckboxProcess first = AckboxProcess.in(directory).start().awaitReady();
                AckboxProcess second = AckboxProcess.in(directory).start()) {
            assertThat(second.awaitExit(FAILED_START)).isEqualTo(1);
            assertFailureIsExplained(second)
                    .contains(
                            "The data directory '" + AckboxProcess.dataIn(directory) + "' is in use by another Ackbox.")
                    .contains("ACKBOX_DATA_DIR");

            platform.deliverTo(first);
            platform.awaitAcknowledgements(10);
            platform.stop();
            assertThat(platform.refusals()).isEmpty();
        }
    }

    @Test
    void doesNotStartWithoutAVerifyToken() {
        try (AckboxProcess ackbox =
                AckboxProcess.in(directory).without("ACKBOX_VERIFY_TOKEN").start()) {
            assertThat(ackbox.awaitExit(FAILED_START)).isEqualTo(1);
            assertFailureIsExplained(ackbox)
                    .contains("'ackbox.endpoints.default.verify-tokens' is empty.")
                    .contains("set it as ACKBOX_VERIFY_TOKEN");
        }
    }

    @Test
    void doesNotStartWithoutAnAppSecret() {
        try (AckboxProcess ackbox =
                AckboxProcess.in(directory).without("ACKBOX_APP_SECRET").start()) {
            assertThat(ackbox.awaitExit(FAILED_START)).isEqualTo(1);
            assertFailureIsExplained(ackbox)
                    .contains("'ackbox.endpoints.default.app-secrets' is empty.")
                    .contains("set it as ACKBOX_APP_SECRET");
        }
    }

    @Test
    void doesNotStartOnAPortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AckboxProcess ackbox = AckboxProcess.in(directory)
                        .with("SERVER_PORT", Integer.toString(other.getLocalPort()))
                        .start()) {
            assertThat(ackbox.awaitExit(FAILED_START)).isEqualTo(1);
            assertFailureIsExplained(ackbox).contains("Port " + other.getLocalPort() + " was already in use.");
        }
    }

    private static AbstractStringAssert<?> assertFailureIsExplained(AckboxProcess ackbox) {
        return assertThat(ackbox.output())
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .containsOnlyOnce("Action:")
                .doesNotContainPattern("(?m)^\\s+at \\S+\\(")
                .doesNotContain(AckboxProcess.APP_SECRET);
    }

    @Test
    void finishesWhatItHasBegunWhenAskedToStop() throws Exception {
        Platform platform = new Platform(16, 200, 2);
        Set<Long> handledBefore;
        StoredRecords stored;
        try (AckboxProcess ackbox = AckboxProcess.in(directory).start().awaitReady()) {
            platform.deliverTo(ackbox);
            platform.awaitAcknowledgements(500);
            ackbox.requestStop();
            assertThat(ackbox.awaitExit(STOP_TIMEOUT)).isEqualTo(143);
            platform.awaitSilence();
            handledBefore = new HashSet<>(ackbox.handled());
            stored = StoredRecords.in(directory);
        }
        assertThat(stored.items().values()).containsAll(platform.acknowledged());
        assertThat(stored.completed()).isEqualTo(handledBefore);

        try (AckboxProcess next = AckboxProcess.in(directory).start().awaitReady()) {
            next.awaitNothingWaits();
            next.kill();
            assertThat(next.handled()).doesNotContainAnyElementsOf(handledBefore);
            Set<Long> handled = new HashSet<>(handledBefore);
            handled.addAll(next.handled());
            assertThat(handled).isEqualTo(StoredRecords.in(directory).items().keySet());
        }
    }
}
