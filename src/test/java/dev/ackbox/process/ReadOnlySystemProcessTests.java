package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image promises: only the data and the temporary directory have to be writable, and nothing there is executed. */
class ReadOnlySystemProcessTests {

    @TempDir
    Path directory;

    @BeforeAll
    static void checkNamespaces() throws InterruptedException {
        assumeTrue(
                succeeds("unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                        && succeeds("setpriv", "--version"),
                "unshare, setpriv (util-linux) and a kernel that lets this user make a mount namespace are needed");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException ex) {
            return false;
        }
    }

    @Test
    void receivesStoresAndStopsAsUsual() throws Exception {
        Image image = Image.build(directory);
        Platform platform = new Platform(2, 100, 1);
        try (AckboxProcess ackbox = AckboxProcess.in(directory)
                .running(image)
                .withReadOnlySystem()
                .start()
                .awaitReady()) {
            assertThat(image.checkHealth(ackbox.managementPort())).isZero();
            platform.deliverTo(ackbox);
            platform.awaitAcknowledgements(50);
            platform.stop();
            ackbox.awaitNothingWaits();
            ackbox.requestStop();
            assertThat(ackbox.awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
            assertThat(ackbox.output())
                    .doesNotContainIgnoringCase("read-only file system")
                    .doesNotContain("[aot]");
        }
        assertThat(platform.refusals()).isEmpty();
        assertThat(StoredRecords.in(directory).items().values()).containsAll(platform.acknowledged());
    }
}
