package dev.ackbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

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
        Path libraries = unpackSqlite();
        Platform platform = new Platform(2, 100, 1);
        try (AckboxProcess ackbox = AckboxProcess.in(directory)
                .withReadOnlySystem(libraries)
                .start()
                .awaitReady()) {
            platform.deliverTo(ackbox);
            platform.awaitAcknowledgements(50);
            platform.stop();
            ackbox.awaitNothingWaits();
            ackbox.requestStop();
            assertThat(ackbox.awaitExit(Duration.ofSeconds(20))).isEqualTo(143);
            assertThat(ackbox.output()).doesNotContainIgnoringCase("read-only file system");
        }
        assertThat(platform.refusals()).isEmpty();
        assertThat(StoredRecords.in(directory).items().values()).containsAll(platform.acknowledged());
    }

    /** As the image does when it is built. */
    private Path unpackSqlite() throws IOException {
        Path libraries = Files.createDirectory(directory.resolve("native"));
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(
                LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            Files.copy(library, libraries.resolve(name));
        }
        return libraries;
    }
}
