package dev.ackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command printed, as it stands in the documentation. With {@code -Ddocs=write} the page is written. */
public final class Transcript {

    private static final String END = "```\n<!-- end of transcript -->";

    private Transcript() {}

    /** Compares a block of a page with what a command printed. */
    public static void assertDocumented(String page, String command, String printed) throws IOException {
        Path file = Path.of("src/docs", page);
        String begin = "<!-- transcript of " + command + " -->\n```\n";
        String expected = "$ java -jar ackbox.jar " + command + "\n" + printed.stripTrailing() + "\n";
        String text = Files.readString(file);
        assertThat(text).as(page).contains(begin);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(END, from);
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("%s differs. To write it: ./mvnw test -Dtest=... -Ddocs=write", file)
                    .isEqualTo(expected);
        }
    }
}
