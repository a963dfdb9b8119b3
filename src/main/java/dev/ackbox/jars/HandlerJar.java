package dev.ackbox.jars;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;
import org.springframework.util.ResourceUtils;

/** A jar in the handlers' directory. Its methods throw where Ackbox cannot run it. */
record HandlerJar(Path path) {

    /** Attribute of the manifest: the version of Ackbox that the jar is made for. */
    static final String VERSION = "Ackbox-Version";

    static final String IMPORTS = "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

    /** Files that Spring Boot reads from anywhere on the class path, some of them before Ackbox's own. */
    private static final Pattern SETTINGS =
            Pattern.compile("(config/)?application(-[^/]*)?\\.(properties|ya?ml)|logback(-[^/]*)?\\.xml");

    @Nullable
    Manifest checkContent() {
        try (JarFile jar = new JarFile(path.toFile())) {
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> SETTINGS.matcher(name).matches())
                    .findFirst()
                    .ifPresent(name -> {
                        throw HandlerJarException.withSettings(path, name);
                    });
            return jar.getManifest();
        } catch (IOException ex) {
            throw HandlerJarException.unreadable(path, ex);
        }
    }

    void checkVersion(String running) {
        Manifest manifest = checkContent();
        String made = manifest == null ? null : manifest.getMainAttributes().getValue(VERSION);
        if (made == null) {
            throw HandlerJarException.withoutVersion(path);
        }
        try {
            if (!ApiVersion.of(running).runs(ApiVersion.of(made))) {
                throw HandlerJarException.otherVersion(path, made, running);
            }
        } catch (IllegalArgumentException ex) {
            throw HandlerJarException.otherVersion(path, made, running);
        }
    }

    /** The auto-configurations that it lists, all of which it holds. */
    List<String> checkConfigurations() {
        // Without a parent, so that nothing but this jar is looked into.
        try (URLClassLoader jar = new URLClassLoader(new URL[] {path.toUri().toURL()}, null)) {
            List<String> configurations =
                    ImportCandidates.load(AutoConfiguration.class, jar).getCandidates();
            if (configurations.isEmpty()) {
                throw HandlerJarException.withoutConfiguration(path);
            }
            for (String configuration : configurations) {
                if (jar.findResource(fileOf(configuration)) == null) {
                    throw HandlerJarException.withoutClass(path, configuration);
                }
            }
            return configurations;
        } catch (IOException ex) {
            throw HandlerJarException.unreadable(path, ex);
        }
    }

    /** Returns false where Java does not have it on its class path. */
    boolean checkLoadedBy(ClassLoader loader) {
        for (String configuration : checkConfigurations()) {
            URL found = loader.getResource(fileOf(configuration));
            if (found == null) {
                return false;
            }
            if (!isIn(found)) {
                throw HandlerJarException.loadedFromElsewhere(path, configuration, found);
            }
        }
        return true;
    }

    private boolean isIn(URL resource) {
        try {
            return ResourceUtils.isJarURL(resource)
                    && Path.of(ResourceUtils.extractJarFileURL(resource).toURI())
                            .toRealPath()
                            .equals(path.toRealPath());
        } catch (MalformedURLException | URISyntaxException ex) {
            return false;
        } catch (IOException ex) {
            throw HandlerJarException.unreadable(path, ex);
        }
    }

    private static String fileOf(String className) {
        return ClassUtils.convertClassNameToResourcePath(className) + ClassUtils.CLASS_FILE_SUFFIX;
    }
}
