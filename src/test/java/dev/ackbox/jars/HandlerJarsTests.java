package dev.ackbox.jars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ackbox.JarBuilder;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** What stops the start, and what is said about it. */
@Tag("slow")
class HandlerJarsTests {

    private static final String CONFIGURATION = """
            package com.example;

            @org.springframework.boot.autoconfigure.AutoConfiguration
            public class Shop {}
            """;

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void nameTheJar() {
        jar = directory.resolve("shop.jar");
    }

    private static JarBuilder shop() throws IOException {
        return JarBuilder.forThisVersion().source("com.example.Shop", CONFIGURATION);
    }

    private void check(Path... loaded) throws IOException {
        check(directory.toString(), loaded);
    }

    private static void check(String setting, Path... loaded) throws IOException {
        URL[] urls = new URL[loaded.length];
        for (int i = 0; i < loaded.length; i++) {
            urls[i] = loaded[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls)) {
            GenericApplicationContext context = new GenericApplicationContext();
            context.setClassLoader(loader);
            context.setEnvironment(new MockEnvironment().withProperty("ACKBOX_HANDLERS_DIR", setting));
            new HandlerJars().initialize(context);
        }
    }

    private HandlerJarException failureOf(Path... loaded) {
        return catchThrowableOfType(HandlerJarException.class, () -> check(loaded));
    }

    @Test
    void takesAJarWithAnAutoConfiguration() throws IOException {
        shop().listing("# ours", "com.example.Shop").build(jar);
        assertThatNoException().isThrownBy(() -> check(jar));
    }

    @Test
    void takesADirectoryWithoutJars() throws IOException {
        Files.writeString(directory.resolve("README"), "no jar");
        assertThatNoException().isThrownBy(this::check);
    }

    @Test
    void namesADirectoryThatDoesNotExist() {
        String missing = directory.resolve("handelrs").toString();
        assertThat(catchThrowableOfType(HandlerJarException.class, () -> check(missing)))
                .hasMessage("ACKBOX_HANDLERS_DIR is '" + missing + "', which is not a directory.")
                .extracting(HandlerJarException::action)
                .asString()
                .contains("correct ACKBOX_HANDLERS_DIR");
    }

    @Test
    void doesNotAskForTheDefaultDirectory() {
        assertThat(Path.of("handlers")).doesNotExist();
        assertThatNoException().isThrownBy(() -> check(""));
    }

    @Test
    void namesACorruptJar() throws IOException {
        Files.writeString(jar, "not a jar");
        assertThat(failureOf(jar)).hasMessageStartingWith("The handler jar '" + jar + "' cannot be read: ");
    }

    @Test
    void namesACorruptLibrary() throws IOException {
        shop().listing("com.example.Shop").build(jar);
        Path library = Files.createDirectory(directory.resolve("lib")).resolve("money.jar");
        Files.writeString(library, "not a jar");
        assertThat(failureOf(jar)).hasMessageStartingWith("The handler jar '" + library + "' cannot be read: ");
    }

    /** Spring Boot would read each of them, and some before Ackbox's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application.properties",
                "application.yml",
                "application-local.yaml",
                "config/application.yml",
                "logback-spring.xml",
                "logback.xml"
            })
    void namesAJarThatWouldReplaceSettings(String file) throws IOException {
        shop().listing("com.example.Shop").resource(file, "").build(jar);
        assertThat(failureOf(jar))
                .hasMessage("The handler jar '" + jar + "' contains " + file
                        + ", which Spring Boot would read as settings of Ackbox.");
    }

    @Test
    void namesALibraryThatWouldReplaceSettings() throws IOException {
        shop().listing("com.example.Shop").build(jar);
        Path library = directory.resolve("lib").resolve("money.jar");
        JarBuilder.empty().resource("application.properties", "").build(library);
        assertThat(failureOf(jar))
                .hasMessageStartingWith("The handler jar '" + library + "' contains application.properties");
    }

    @Test
    void namesAJarThatDoesNotSayItsVersion() throws IOException {
        JarBuilder.empty().source("com.example.Shop", CONFIGURATION).build(jar);
        assertThat(failureOf(jar))
                .hasMessage("The handler jar '" + jar + "' does not say which version of Ackbox it is made for.")
                .extracting(HandlerJarException::action)
                .asString()
                .contains("'Ackbox-Version'", "'lib'");
    }

    @Test
    void namesAJarOfAnotherVersion() throws IOException {
        shop().madeFor("99.0").listing("com.example.Shop").build(jar);
        String running = JarBuilder.thisVersion();
        assertThat(failureOf(jar))
                .hasMessage("The handler jar '" + jar + "' is made for Ackbox 99.0. This is Ackbox " + running + ".")
                .extracting(HandlerJarException::action)
                .isEqualTo("Build it against version " + running + " of the library.");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1.0-SNAPSHOT, 0.1.0, true",
        "0.1.3, 0.1.0-SNAPSHOT, true",
        "0.2.0, 0.1.0, false",
        "1.3.0, 1.0, true",
        "1.3.0, 1.3.9, true",
        "1.3.0, 1.4.0, false",
        "2.0.0, 1.3.0, false",
        "1.0.0, 0.9.0, false",
    })
    void comparesVersions(String running, String made, boolean runs) {
        assertThat(ApiVersion.of(running).runs(ApiVersion.of(made))).isEqualTo(runs);
    }

    @Test
    void namesAVersionThatIsNone() throws IOException {
        shop().madeFor("${ackbox.version}").listing("com.example.Shop").build(jar);
        assertThat(failureOf(jar)).hasMessageContaining("is made for Ackbox ${ackbox.version}.");
    }

    @Test
    void namesAJarWithoutHandlers() throws IOException {
        shop().build(jar);
        assertThat(failureOf(jar))
                .hasMessage("The handler jar '" + jar + "' brings no handlers: it has no auto-configuration.")
                .extracting(HandlerJarException::action)
                .asString()
                .contains("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
    }

    @Test
    void namesAClassThatIsListedAndNotThere() throws IOException {
        shop().listing("com.example.Shopp").build(jar);
        assertThat(failureOf(jar)).hasMessageContaining("does not hold com.example.Shopp,");
    }

    @Test
    void namesAJarThatIsNotLoaded() throws IOException {
        shop().listing("com.example.Shop").build(jar);
        assertThat(failureOf()).hasMessage("The handler jar '" + jar + "' is not on the class path.");
    }

    @Test
    void namesTheOlderJarOfTheSameHandlers() throws IOException {
        shop().listing("com.example.Shop").build(jar);
        Path newer = shop().listing("com.example.Shop").build(directory.resolve("shop-2.jar"));
        assertThat(failureOf(newer, jar))
                .hasMessageStartingWith("The handler jar '" + jar + "' holds com.example.Shop, and so does ")
                .hasMessageContaining("shop-2.jar");
    }
}
