package dev.ackbox.http;

import dev.ackbox.security.MalformedTextException;
import dev.ackbox.security.SecretList;
import dev.ackbox.security.UnreadableFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * Takes secrets and tokens over when the file changes that they came from, so that a rotation needs no restart. Which file
 * that is, the framework knows of each setting that came out of a config tree.
 */
final class SecretFiles {

    private static final Logger log = LoggerFactory.getLogger(SecretFiles.class);

    /** A variable and nothing else, perhaps with a default: {@code ${ACKBOX_APP_SECRET:}}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)(:[^}]*)?}");

    private final Environment environment;
    private final Duration interval;
    private final WatchedFiles files;

    SecretFiles(Environment environment, Endpoints endpoints, Duration interval, WatchedFiles files) {
        this.environment = environment;
        this.interval = interval;
        this.files = files;
        for (Endpoint endpoint : endpoints.all()) {
            String prefix = "ackbox.endpoints." + endpoint.name();
            watch(prefix + ".verify-tokens", endpoint.verifyTokens());
            endpoint.authenticator().secretList().ifPresent(secrets -> watch(prefix + ".app-secrets", secrets));
        }
    }

    private void watch(String setting, SecretList<?> secrets) {
        Path file = fileOf(setting);
        if (file == null) {
            return;
        }
        try {
            files.open(setting, file, content -> takeOver(setting, content, secrets), interval);
        } catch (UnreadableFileException ex) {
            throw new InvalidSettingException(
                    "'" + setting + "' comes from " + file + ", which cannot be read: " + ex.reason() + ".",
                    "Write one secret into it, or several with commas or line ends between them, the current one first.");
        }
    }

    /** Called for each form of the file that can be read. */
    private static List<String> takeOver(String setting, byte[] content, SecretList<?> secrets)
            throws MalformedTextException {
        List<String> texts = Arrays.stream(new String(content, StandardCharsets.UTF_8).split("[,\\r\\n]+"))
                .map(String::strip)
                .toList();
        if (texts.stream().anyMatch(String::isEmpty)) {
            throw new MalformedTextException("an element is empty");
        }
        if (secrets.replace(texts)) {
            log.info("'{}' was read again and has {} elements", setting, texts.size());
        }
        return texts;
    }

    private @Nullable Path fileOf(String setting) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(setting);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(property.getValue()));
                return placeholder.matches() ? fileOfVariable(placeholder.group(1)) : fileOf(property.getOrigin());
            }
        }
        return null;
    }

    /** The file that a placeholder is replaced by the content of. */
    private @Nullable Path fileOfVariable(String variable) {
        if (environment instanceof ConfigurableEnvironment sources) {
            for (PropertySource<?> source : sources.getPropertySources()) {
                if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)
                        && source.containsProperty(variable)) {
                    return fileOf(OriginLookup.getOrigin(source, variable));
                }
            }
        }
        return null;
    }

    private static @Nullable Path fileOf(@Nullable Origin origin) {
        if (origin instanceof PropertySourceOrigin wrapped) {
            return fileOf(wrapped.getOrigin());
        }
        return origin instanceof TextResourceOrigin text && isWholeFile(text.getLocation())
                ? fileOf(text.getResource())
                : null;
    }

    /** A file of settings, such as application.yml, has its place in it; one of a config tree is the value. */
    private static boolean isWholeFile(@Nullable Location location) {
        return location != null && location.getLine() == 0 && location.getColumn() == 0;
    }

    private static @Nullable Path fileOf(@Nullable Resource resource) {
        try {
            return resource != null && resource.isFile() ? resource.getFile().toPath() : null;
        } catch (IOException ex) {
            return null;
        }
    }
}
