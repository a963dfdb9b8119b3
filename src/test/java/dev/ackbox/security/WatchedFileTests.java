package dev.ackbox.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WatchedFileTests {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(WatchedFile.class);
    private int parsed;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void listen() {
        file = directory.resolve("addresses.txt");
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void readsAtTheStart() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        assertThat(watched.value().contains("31.13.24.5")).isTrue();
        assertThat(watched.failure()).isNull();
    }

    @Test
    void aFirstReadingThatFailsSaysWhichFileWhichLineAndWhy() throws IOException {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> watch(file))
                .withMessage(file + ": there is no such file");
        write("31.13.24.0/21\nfacebook.com");
        UnreadableFileException ex = catchThrowableOfType(UnreadableFileException.class, () -> watch(file));
        assertThat(ex).hasMessageStartingWith(file + ": line 2: expected an address or a range");
        assertThat(ex).hasMessageNotContaining("facebook");
        assertThat(ex.reason()).startsWith("line 2: expected an address or a range");
        write("");
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> watch(file))
                .withMessageContaining("at least one range");
    }

    @Test
    void refusesWhatIsNoRegularFile() throws IOException {
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> watch(directory))
                .withMessage(directory + ": expected a regular file");
        Path device = Path.of("/dev/zero");
        assumeThat(device).exists();
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> watch(device))
                .withMessage("/dev/zero: expected a regular file");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Files.write(file, new byte[WatchedFile.MAX_SIZE + 1]);
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> watch(file))
                .withMessageContaining("expected at most 8388608 bytes");
    }

    @Test
    void aChangeIsTakenOverByTheLookThatFindsItAtRest() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        write("2a03:2880::/32");
        watched.look();
        assertThat(watched.value().contains("2a03:2880::1")).isFalse();
        watched.look();
        assertThat(watched.value().contains("2a03:2880::1")).isTrue();
        assertThat(watched.value().contains("31.13.24.5")).isFalse();
        assertThat(watched.failure()).isNull();
        assertThat(logged()).containsExactly("INFO Read " + file + " again");
    }

    @Test
    void aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        StringBuilder content = new StringBuilder();
        for (String range : AddressSamples.RANGES) {
            write(content.append(range).append('\n').toString());
            watched.look();
        }
        assertThat(parsed).isEqualTo(1);
        watched.look();
        assertThat(parsed).isEqualTo(2);
        assertThat(watched.value().size()).isEqualTo(AddressSamples.RANGES.size());
    }

    @Test
    void aFileThatDoesNotChangeIsReadOnce() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        for (int i = 0; i < 10; i++) {
            watched.look();
        }
        assertThat(parsed).isEqualTo(1);
        assertThat(logged()).isEmpty();
    }

    @Test
    void aChangeOfTheSameSizeAndTheSameTimeShowsByTheIdentity() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        FileTime modified = Files.getLastModifiedTime(file);
        Path other = directory.resolve("other");
        Files.writeString(other, "31.13.64.0/18");
        Files.setLastModifiedTime(other, modified);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
        lookTwice(watched);
        assertThat(watched.value().contains("31.13.64.1")).isTrue();
    }

    /** As Kubernetes does it: file -> ..data/file, ..data -> a directory with a date in its name. */
    @Test
    void theSwapOfALinkOnTheWayIsAChange() throws IOException {
        Path link = mount("..2026_11_22", "31.13.24.0/21");
        Files.createSymbolicLink(file, Path.of("..data", "addresses.txt"));
        WatchedFile<AddressList> watched = watch(file);
        assertThat(watched.value().contains("31.13.24.5")).isTrue();
        Files.move(
                mount("..2026_11_23", "2a03:2880::/32"),
                link,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(directory.resolve("..2026_11_22").resolve("addresses.txt"));
        lookTwice(watched);
        assertThat(watched.value().contains("31.13.24.5")).isFalse();
        assertThat(watched.value().contains("2a03:2880::1")).isTrue();
    }

    private Path mount(String name, String content) throws IOException {
        Path target = Files.createDirectory(directory.resolve(name));
        Files.writeString(target.resolve("addresses.txt"), content);
        Path link = directory.resolve("..data");
        return Files.createSymbolicLink(Files.exists(link) ? directory.resolve("..data_tmp") : link, Path.of(name));
    }

    @Test
    void aBrokenChangeKeepsTheOldValueAndIsToldOnce() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        AddressList good = watched.value();
        write("31.13.24.0/21\n31.13.64.0/1");
        for (int i = 0; i < 5; i++) {
            watched.look();
        }
        assertThat(watched.value()).isSameAs(good);
        assertThat(watched.failure()).startsWith("line 2: ").contains("behind the prefix length");
        assertThat(parsed).isEqualTo(2);
        assertThat(logged())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARN " + file + ": line 2: the address has bits set behind the prefix length")
                        .endsWith("; what was read before stays in use")
                        .doesNotContain("31.13.64"));
    }

    @Test
    void anotherBrokenChangeIsToldAgain() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        write("facebook.com");
        lookTwice(watched);
        write("www.facebook.com");
        lookTwice(watched);
        assertThat(logged()).hasSize(2).allMatch(line -> line.startsWith("WARN " + file + ": line 1: expected"));
    }

    @Test
    void theFailureIsOverWithTheNextSuccess() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        write("");
        lookTwice(watched);
        assertThat(watched.failure()).isNotNull();
        write("31.13.64.0/18");
        lookTwice(watched);
        assertThat(watched.failure()).isNull();
        assertThat(watched.value().contains("31.13.64.1")).isTrue();
        assertThat(logged()).hasSize(2).last().isEqualTo("INFO Read " + file + " again");
    }

    @Test
    void aFileThatIsGoneIsToldOnceAndTakenUpWhenItIsBack() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        AddressList good = watched.value();
        Path away = directory.resolve("away");
        Files.move(file, away);
        watched.look();
        assertThat(logged())
                .as("gone for a moment is how some programs replace a file")
                .isEmpty();
        for (int i = 0; i < 5; i++) {
            watched.look();
        }
        assertThat(watched.value()).isSameAs(good);
        assertThat(watched.failure()).isEqualTo("there is no such file");
        Files.move(away, file);
        lookTwice(watched);
        assertThat(watched.failure()).isNull();
        assertThat(logged())
                .containsExactly(
                        "WARN " + file + ": there is no such file; what was read before stays in use",
                        "INFO Read " + file + " again");
    }

    @Test
    void rightsThatComeBackWithoutATraceInTheFilesTimeAreFound() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = watch(file);
        write("31.13.64.0/18");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();
        for (int i = 0; i < 5; i++) {
            watched.look();
        }
        assertThat(watched.failure()).isEqualTo("the rights to read it are missing");
        assertThat(logged()).hasSize(1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        watched.look();
        assertThat(watched.failure()).isNull();
        assertThat(watched.value().contains("31.13.64.1")).isTrue();
    }

    @Test
    void aParserThatFailsIsAFailureWithoutItsMessage() throws IOException {
        write("one");
        WatchedFile<String> watched = new WatchedFile<>(file, WatchedFileTests::failing);
        write("secret");
        watched.look();
        watched.look();
        assertThat(watched.value()).isEqualTo("one");
        assertThat(watched.failure()).isEqualTo("the parser fails with IllegalStateException");
        assertThat(logged()).singleElement().asString().doesNotContain("secret");
        assertThatExceptionOfType(UnreadableFileException.class)
                .isThrownBy(() -> new WatchedFile<>(file, WatchedFileTests::failing))
                .withMessage(file + ": the parser fails with IllegalStateException")
                .withNoCause();
    }

    private static String failing(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.equals("secret")) {
            throw new IllegalStateException(text);
        }
        return text;
    }

    @Test
    void aChangeWhileItIsReadIsReadOnceMore() throws IOException {
        write("31.13.24.0/21");
        WatchedFile<AddressList> watched = new WatchedFile<>(file, content -> {
            parsed++;
            if (parsed == 2) {
                append("\n2a03:2880::/32");
            }
            return AddressListFormat.AUTO.parse(content);
        });
        write("31.13.64.0/18");
        lookTwice(watched);
        assertThat(watched.value().size()).isEqualTo(1);
        lookTwice(watched);
        assertThat(watched.value().size()).isEqualTo(2);
    }

    private WatchedFile<AddressList> watch(Path path) {
        return new WatchedFile<>(path, content -> {
            parsed++;
            return AddressListFormat.AUTO.parse(content);
        });
    }

    private static void lookTwice(WatchedFile<?> watched) {
        watched.look();
        watched.look();
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }

    private void append(String content) {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private List<String> logged() {
        return lines.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
