package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
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
