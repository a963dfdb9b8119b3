package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up and is given room again; stood in for by a limit on the size of the process's files. */
class FullDiskProcessTests {

    private static final int KIBIBYTES = 6 * 1024;

    @TempDir
    Path directory;

    @BeforeAll
    static void checkTools() {
        assumeTrue(isThere("prlimit"), "prlimit (util-linux) is needed to lift the limit, and is not installed");
    }

    private static boolean isThere(String tool) {
        try {
            Process process = new ProcessBuilder(tool, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void refusesWhileThereIsNoRoomAndComesBackByItself() throws Exception {
        Platform platform = new Platform(4, 4_000, 1);
        try (AckboxProcess ackbox =
                AckboxProcess.in(directory).withFileLimit(KIBIBYTES).start().awaitReady()) {
            platform.deliverTo(ackbox);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !platform.refusals().isEmpty() && ackbox.readiness() == 503);
            platform.stop();

            assertThat(platform.refusals()).allSatisfy(refusal -> {
                assertThat(refusal.statusCode()).isEqualTo(503);
                assertThat(refusal.headers().firstValue("Retry-After")).hasValue("5");
            });
            await("not ready as long as there is no room")
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> ackbox.readiness() == 503);

            ackbox.liftFileLimit();
            await("ready without a request").atMost(Duration.ofSeconds(10)).until(() -> ackbox.readiness() == 200);

            int refused = platform.refusals().size();
            platform.deliverTo(ackbox);
            platform.awaitAcknowledgements(100);
            platform.stop();
            assertThat(platform.refusals()).hasSize(refused);

            ackbox.awaitNothingWaits();
            ackbox.requestStop();
            assertThat(ackbox.awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
            assertThat(ackbox.output())
                    .containsOnlyOnce("The inbox cannot store; ")
                    .containsOnlyOnce("The inbox can store again");
            StoredRecords stored = StoredRecords.in(directory);
            assertThat(stored.itemsOf(new HashSet<>(ackbox.handled()))).containsAll(platform.acknowledged());
            assertThat(stored.items().values()).doesNotHaveDuplicates();
            assertThat(ackbox.handled()).doesNotHaveDuplicates();
            assertThat(stored.completed()).isEqualTo(stored.items().keySet());
        }
    }

    @Test
    void keepsWhatItAcknowledgedWhenItEndsWithoutRoom() throws Exception {
        Platform platform = new Platform(4, 4_000, 2);
        try (AckboxProcess full =
                AckboxProcess.in(directory).withFileLimit(KIBIBYTES).start().awaitReady()) {
            platform.deliverTo(full);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> platform.refusals().size() > 10);
            full.requestStop();
            platform.awaitSilence();
            assertThat(full.awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
        }
        try (AckboxProcess next = AckboxProcess.in(directory).start().awaitReady()) {
            next.awaitNothingWaits();
            next.kill();
            StoredRecords stored = StoredRecords.in(directory);
            assertThat(stored.items().values()).containsAll(platform.acknowledged());
            assertThat(stored.completed()).isEqualTo(stored.items().keySet());
        }
    }
}
