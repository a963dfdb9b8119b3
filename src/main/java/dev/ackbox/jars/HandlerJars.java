package dev.ackbox.jars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Checks the jars in the handlers' directory before any class of theirs is used. Java has them on its class path already: Spring Boot's
 * launcher puts them there (loader.properties), or the command that starts the image.
 */
final class HandlerJars implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Environment variable. Not a setting of the application, since Java needs it before that starts. */
    static final String DIRECTORY = "ACKBOX_HANDLERS_DIR";

    /** Directory below it for what handlers need and Ackbox does not have. */
    static final String LIBRARIES = "lib";

    private static final String DEFAULT_DIRECTORY = "handlers";
    private static final Logger log = LoggerFactory.getLogger(HandlerJars.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String setting = context.getEnvironment().getProperty(DIRECTORY, "");
        Path directory = Path.of(setting.isEmpty() ? DEFAULT_DIRECTORY : setting);
        if (Files.isDirectory(directory)) {
            check(directory, !setting.isEmpty(), Objects.requireNonNull(context.getClassLoader()));
        } else if (!setting.isEmpty()) {
            throw HandlerJarException.noDirectory(setting);
        }
    }

    private static void check(Path directory, boolean mustBeLoaded, ClassLoader loader) {
        List<HandlerJar> jars = jarsIn(directory);
        if (jars.isEmpty()) {
            return;
        }
        String version = version();
        for (HandlerJar jar : jars) {
            jar.checkVersion(version);
            if (jar.checkLoadedBy(loader)) {
                continue;
            }
            if (mustBeLoaded) {
                throw HandlerJarException.notLoaded(jar.path());
            }
            log.warn("{} is not loaded: only the packaged Ackbox loads jars from there", jar.path());
        }
        jarsIn(directory.resolve(LIBRARIES)).forEach(HandlerJar::checkContent);
    }

    private static List<HandlerJar> jarsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".jar"))
                    .sorted()
                    .map(HandlerJar::new)
                    .toList();
        } catch (IOException ex) {
            throw HandlerJarException.unreadable(directory, ex);
        }
    }

    /** Ackbox's own version. Its class path entry is before all others. */
    private static String version() {
        try {
            Properties build =
                    PropertiesLoaderUtils.loadProperties(new ClassPathResource("META-INF/build-info.properties"));
            return build.getProperty("build.version");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
