package dev.ackbox.model.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.model.Change;
import dev.ackbox.model.UnknownValue;
import dev.ackbox.model.UnknownWord;
import dev.ackbox.model.User;
import dev.ackbox.model.messages.Content;
import dev.ackbox.model.messages.UnknownReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each component of what is read says what it means; each list of words what it is a list of. */
class ModelDocumentationTests {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path MODEL = SOURCES.resolve("dev/ackbox/model");

    /** What the reader makes up, of which the platform says nothing. */
    private static final Set<Class<?>> OURS = Set.of(
            Change.class,
            ReadChange.class,
            Content.Unknown.class,
            UnknownPart.class,
            UnknownReply.class,
            UnknownValue.class,
            UnknownWord.class,
            User.class);

    /** Documented is what nothing else is said of: saying so everywhere hides what is only observed or inferred. */
    private static final Pattern DOCUMENTED_IS_THE_DEFAULT = Pattern.compile("\\(documented[),;]");

    /** A Javadoc, annotations, and the declaration that they belong to. */
    private static final String DOCUMENTED =
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:public )?%s %s\\b";

    static List<Class<?>> records() {
        return types().stream()
                .filter(Class::isRecord)
                .filter(type -> !OURS.contains(type))
                .toList();
    }

    static List<Class<?>> enums() {
        return types().stream().filter(Class::isEnum).toList();
    }

    @ParameterizedTest
    @MethodSource("records")
    void eachComponentSaysWhatItMeans(Class<?> type) throws IOException {
        String javadoc = javadocOf(type, "record");
        assertThat(Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName))
                .as("components without an @param")
                .filteredOn(name -> paramOf(name, javadoc).isBlank())
                .isEmpty();
        assertThat(javadoc).doesNotContainPattern(DOCUMENTED_IS_THE_DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("enums")
    void eachEnumSaysWhatItLists(Class<?> type) throws IOException {
        assertThat(javadocOf(type, "enum")).isNotBlank();
    }

    private static String javadocOf(Class<?> type, String kind) throws IOException {
        String source = Files.readString(
                SOURCES.resolve(Path.of("", type.getNestHost().getName().split("\\.")) + ".java"));
        Matcher documented = Pattern.compile(DOCUMENTED.formatted(kind, type.getSimpleName()), Pattern.DOTALL)
                .matcher(source);
        assertThat(documented.find()).as("Javadoc of %s", type).isTrue();
        return documented.group(1).replaceAll("\\s*\\n\\s*\\*", "\n");
    }

    private static String paramOf(String name, String javadoc) {
        return Stream.of(javadoc.split("\n\\s*(?=@)"))
                .filter(tag -> tag.startsWith("@param " + name + " "))
                .map(tag -> tag.substring(("@param " + name + " ").length()))
                .collect(joining());
    }

    private static List<Class<?>> types() {
        try (Stream<Path> files = Files.walk(MODEL)) {
            return files.map(file -> SOURCES.relativize(file).toString())
                    .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
                    .map(file -> file.replace(".java", "").replace('/', '.'))
                    .sorted()
                    .map(ModelDocumentationTests::classOf)
                    .flatMap(ModelDocumentationTests::withNested)
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Stream<Class<?>> withNested(Class<?> type) {
        return Stream.concat(
                Stream.of(type), Arrays.stream(type.getDeclaredClasses()).flatMap(ModelDocumentationTests::withNested));
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
