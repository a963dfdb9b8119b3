package dev.ackbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.model.json.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables in the docs say what the table in the code says. With {@code -Ddocs=write} this writes them. */
class DocumentationTests {

    private static final Path FIELDS = Path.of("src/docs/fields.md");
    private static final Path METRICS = Path.of("src/docs/reference/metrics.md");

    @ParameterizedTest
    @EnumSource
    void theFieldsOfATopic(Topic topic) throws IOException {
        Stream<String> rows = WatchTable.ROWS.stream()
                .filter(row -> row.topic() == topic)
                .map(row -> "| "
                        + String.join(
                                " | ",
                                code(row.field()),
                                code(row.type().getSimpleName()),
                                row.news(),
                                join(row.meters().stream().map(DocumentationTests::shortName)),
                                join(row.kinds().stream()),
                                String.join("; ", row.warnings()))
                        + " |");
        assertTable(
                FIELDS,
                "fields: " + topic.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Stream.concat(
                        Stream.of(
                                "| field | value | what happened | counts | keeps | warns when |",
                                "|---|---|---|---|---|---|"),
                        rows));
    }

    @Test
    void earlierNamesOfFields() throws IOException {
        assertThat(Files.readString(FIELDS))
                .contains(Fields.names().stream().map(DocumentationTests::code).toList());
    }

    @Test
    void theMeters() throws IOException {
        Stream<String> rows = WatchMeter.all().stream()
                .map(meter -> "| " + code(meter.name()) + " | " + String.join(", ", meter.labels()) + " | "
                        + meter.description().substring(0, 1).toLowerCase(Locale.ROOT)
                        + meter.description().substring(1) + " |");
        assertTable(METRICS, "meters", Stream.concat(Stream.of("| meter | tags | counts |", "|---|---|---|"), rows));
    }

    /** What stands between two comments that name a table. */
    private static void assertTable(Path file, String name, Stream<String> lines) throws IOException {
        String begin = "<!-- table of " + name + " -->\n";
        String end = "<!-- end of table -->";
        String expected = lines.collect(Collectors.joining("\n", "", "\n"));
        String text = Files.readString(file);
        assertThat(text).contains(begin);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as(
                            "%s differs from the code. To write it: ./mvnw test -Dtest=DocumentationTests -Ddocs=write",
                            file)
                    .isEqualTo(expected);
        }
    }

    private static String shortName(WatchMeter meter) {
        return meter.name().substring(WatchMeter.PREFIX.length());
    }

    private static String join(Stream<String> names) {
        return names.map(DocumentationTests::code).collect(Collectors.joining(", "));
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
