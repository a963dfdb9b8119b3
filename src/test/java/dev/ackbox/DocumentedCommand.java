package dev.ackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that the documentation shows in a block of its own.
 *
 * @param page such as {@code README.md} or {@code reference/database.md}
 * @param text as it stands there, without the prompt; may have several lines
 */
public record DocumentedCommand(String page, String text) {

    private static final Path DOCS = Path.of("src/docs");

    /** A program, perhaps with variables in front. */
    private static final Pattern COMMAND = Pattern.compile(
            "(?:[A-Z_]+=\\S* )*(?:\\./mvnw|java|curl|sqlite3|psql|pg_dump|docker|kubectl|helm|git|cat|cp|mv|mkdir|"
                    + "export|printf|echo|unzip|openssl|whois|promtool|nginx|caddy|systemctl|cloudflared|ngrok) .*");

    /** Blocks in a language other than the shell's have none. */
    private static final Pattern OTHER_LANGUAGE = Pattern.compile("```(?!sh|bash|console)\\w+");

    /** All of them, in the README and below {@code src/docs}. */
    public static List<DocumentedCommand> all() throws IOException {
        try (Stream<Path> pages = Files.walk(DOCS)) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                    .filter(page -> page.toString().endsWith(".md"))
                    .flatMap(page -> in(page).stream())
                    .toList();
        }
    }

    private static List<DocumentedCommand> in(Path page) {
        List<DocumentedCommand> commands = new ArrayList<>();
        String name = page.startsWith(DOCS) ? DOCS.relativize(page).toString() : page.toString();
        try {
            boolean fenced = false;
            boolean skipped = false;
            StringBuilder begun = new StringBuilder();
            for (String line : Files.readAllLines(page)) {
                if (line.startsWith("```")) {
                    fenced = !fenced;
                    skipped = fenced && OTHER_LANGUAGE.matcher(line).matches();
                } else if (!skipped && (fenced || line.startsWith("    ") || !begun.isEmpty())) {
                    String text = line.strip();
                    String command = text.startsWith("$ ") ? text.substring(2) : text;
                    if (!begun.isEmpty() || COMMAND.matcher(command).matches()) {
                        begun.append(begun.isEmpty() ? "" : "\n").append(command);
                        if (isWhole(begun.toString())) {
                            commands.add(new DocumentedCommand(name, begun.toString()));
                            begun.setLength(0);
                        }
                    }
                }
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return commands;
    }

    private static boolean isWhole(String text) {
        return !text.endsWith("\\")
                && text.replace("\\\"", "").chars().filter(each -> each == '"').count() % 2 == 0;
    }

    @Override
    public String toString() {
        return page + ": " + text;
    }
}
