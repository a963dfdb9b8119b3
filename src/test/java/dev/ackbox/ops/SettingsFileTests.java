package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** {@code config/application.yml} is a page of the documentation: all settings, with a number sign before each. */
class SettingsFileTests {

    @Test
    void namesEachSettingAndNoOther() throws IOException {
        SettingsCheck check = new SettingsCheck(new StandardEnvironment());
        check.readKnown(getClass().getClassLoader());
        Set<String> known = new TreeSet<>(check.known.values());
        known.removeIf(name -> known.contains(name + ".*")); // the map as a whole
        known.remove("ackbox.endpoints");
        assertThat(named()).hasSizeGreaterThan(80).containsExactlyInAnyOrderElementsOf(known);
    }

    /** Also those that no setting has the name of, such as ACKBOX_DATA_DIR. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void readsEachVariableThatTheDocumentationNames(CapturedOutput output) throws IOException {
        Map<String, Object> variables = variables();
        assertThat(variables).hasSizeGreaterThan(15).containsKeys("ACKBOX_DATA_DIR", "ACKBOX_DATABASE_URL");
        check(variables);
        assertThat(output).doesNotContain("nothing reads it");
        check(Map.of("ACKBOX_DATA_DIRECTORY", "x"));
        assertThat(output).contains("'ackbox.data.directory' is set, but nothing reads it");
    }

    private static Map<String, Object> variables() throws IOException {
        Map<String, Object> variables = new TreeMap<>();
        List<Path> files = new ArrayList<>(
                List.of(Path.of("README.md"), Path.of("Dockerfile"), Path.of("src/main/resources/application.yml")));
        try (Stream<Path> docs = Files.walk(Path.of("src/docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
        }
        for (Path file : files) {
            Matcher names = Pattern.compile("\\bACKBOX_[A-Z_]*[A-Z]\\b").matcher(Files.readString(file));
            names.results().forEach(name -> variables.put(name.group(), "x"));
        }
        return variables;
    }

    private static void check(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.setBeanClassLoader(SettingsFileTests.class.getClassLoader());
        new SettingsCheck(environment).postProcessBeanFactory(beans);
    }

    private static Set<String> named() throws IOException {
        String file = Files.readString(Path.of("config/application.yml")).replaceAll("(?m)^( *)#(?! )", "$1");
        return new YamlPropertySourceLoader()
                .load("file", new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8))).stream()
                        .map(source -> (EnumerablePropertySource<?>) source)
                        .flatMap(source -> Stream.of(source.getPropertyNames()))
                        .filter(name -> name.startsWith("ackbox."))
                        .map(name -> name.replaceFirst(
                                        "^(ackbox\\.(endpoints|inbox\\.payload-retention-of))\\.[^.]+", "$1.*")
                                .replaceFirst("^(ackbox\\.traffic\\.max-silence-of)[.\\[].*", "$1.*"))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
