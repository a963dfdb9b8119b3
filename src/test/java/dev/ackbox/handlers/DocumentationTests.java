package dev.ackbox.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.model.Value;
import dev.ackbox.model.json.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users read names all that there is. */
class DocumentationTests {

    private static final Path DOCS = Path.of("src/docs");

    @Test
    void eachFieldStandsInTheListOfFields() throws IOException {
        String fields = Files.readString(DOCS.resolve("fields.md"));
        for (String field : Fields.names()) {
            assertThat(fields).contains("`" + field + "`");
        }
    }

    @Test
    void eachTypeOfValueStandsInTheListOfFields() throws IOException {
        String fields = Files.readString(DOCS.resolve("fields.md"));
        leaves(Value.class).forEach(type -> assertThat(fields).contains("`" + type.getSimpleName() + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void eachMeterStandsInTheGuideWithItsLabels(PlatformCount count) throws IOException {
        assertThat(Files.readString(DOCS.resolve("operations.md")))
                .contains("| `" + count.meter() + "` | " + String.join(", ", count.labels()) + " |");
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(DocumentationTests::leaves)
                : Stream.of(type);
    }
}
