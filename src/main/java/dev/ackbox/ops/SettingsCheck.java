package dev.ackbox.ops;

import dev.ackbox.endpoint.EndpointProperties;
import dev.ackbox.http.InvalidSettingException;
import dev.ackbox.inbox.engine.Retention;
import dev.ackbox.model.json.Fields;
import dev.ackbox.watch.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stops a start with a setting under {@code ackbox} that nothing reads: a check that is misspelt would be off. Knows the names out of
 * the metadata that the framework's annotation processor writes into each jar, those of handlers included. A variable of the
 * environment is only warned of, since Kubernetes sets {@code ACKBOX_PORT} where a service is called {@code ackbox}.
 */
final class SettingsCheck implements BeanFactoryPostProcessor {

    private static final Logger log = LoggerFactory.getLogger(SettingsCheck.class);
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("ackbox");
    private static final String ENDPOINTS = "ackbox.endpoints.";

    /** Settings by phone number, without dashes. */
    private static final String NUMBERS = "ackbox\\.traffic\\.maxsilenceof";

    /** Settings by field, without dashes. */
    private static final String FIELDS = "ackbox\\.inbox\\.payloadretentionof";

    /** Variables of the environment that no setting has the name of: those in application.yml, of the commands, and of the jar's loader. */
    private static final String SHORT_NAMES = "(verifytoken|appsecret|datadir|backupdir|database(url|username|password)"
            + "|managementtoken|accesstoken|url|onpremisestoken|handlersdir)";

    /** What Kubernetes sets for a service called ackbox. */
    private static final String KUBERNETES = "(service(host|port)|port).*";

    private final Environment environment;

    /** The names as they are written in the documentation, by {@link #uniform}. */
    final Map<String, String> known = new HashMap<>();

    SettingsCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        requirePortsToDiffer();
        readKnown(Objects.requireNonNull(beans.getBeanClassLoader()));
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                boolean isEnvironment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                names.stream().filter(ROOT::isAncestorOf).forEach(name -> check(name, isEnvironment));
            }
        }
    }

    private void requirePortsToDiffer() {
        String port = environment.getProperty("server.port", "8080");
        String management = environment.getProperty("management.server.port");
        boolean isOne = port.equals(management) && !port.equals("0") && !port.startsWith("-");
        if (isOne || (management != null && management.isBlank())) {
            throw new InvalidSettingException(
                    "'server.port' and 'management.server.port' are one number.",
                    "Give them different numbers: health and metrics are not for the internet.");
        }
    }

    void readKnown(ClassLoader classes) {
        try {
            for (URL metadata : Collections.list(classes.getResources(METADATA))) {
                try (InputStream in = metadata.openStream()) {
                    String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    if (json.contains("\"ackbox.")) { // the framework's own are large, and not read further
                        for (JsonNode property : new JsonMapper().readTree(json).path("properties")) {
                            add(property.path("name").asString());
                        }
                    }
                }
            }
        } catch (IOException ex) {
            throw new IllegalStateException("The metadata of the settings cannot be read", ex);
        }
        addComponents(ENDPOINTS + "*.", EndpointProperties.class);
        add("ackbox.inbox.payload-retention-of.*");
        add("ackbox.traffic.max-silence-of.*");
    }

    /** The metadata names no settings of what stands in a map. */
    private void addComponents(String prefix, Class<?> settings) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                addComponents(name + ".", component.getType());
            } else {
                add(name);
            }
        }
    }

    private void add(String name) {
        if (name.startsWith("ackbox.")) {
            known.put(name.replace("-", ""), name);
        }
    }

    private void check(ConfigurationPropertyName name, boolean isEnvironment) {
        String uniform = uniform(name);
        if (isEnvironment) {
            String flat = uniform.substring("ackbox.".length()).replace(".", "");
            if (!flat.matches(SHORT_NAMES + "|" + KUBERNETES)
                    && known.keySet().stream().noneMatch(each -> isFlat(each, "ackbox" + flat))) {
                log.warn("An environment variable for '{}' is set, but nothing reads it", name);
            }
        } else if (uniform.matches(FIELDS + "\\.\\*")) {
            checkField(name);
        } else if (!known.containsKey(uniform)) {
            String nearest = known.get(Spelling.nearest(uniform, known.keySet()));
            throw new InvalidSettingException(
                    "'" + name + "' is set, but nothing reads it; the nearest name is '" + nearest + "'.",
                    "Correct the name, or take the setting away.");
        }
    }

    /** A payload that is kept for longer than somebody has promised is no small matter. */
    private static void checkField(ConfigurationPropertyName name) {
        String key = Retention.keyOf(name.getLastElement(Form.UNIFORM));
        if (Fields.names().stream().noneMatch(field -> Retention.keyOf(field).equals(key))) {
            throw new InvalidSettingException(
                    "'" + name + "' is set, but there is no such field.",
                    "Name one of Meta's fields, such as messages; see src/docs/fields.md.");
        }
    }

    /** In the environment, an underscore stands for a dot and may stand for a dash. */
    private static boolean isFlat(String known, String flat) {
        String[] parts = known.replace(".", "").split("\\*", 2);
        return parts.length == 1 ? parts[0].equals(flat) : flat.startsWith(parts[0]) && flat.endsWith(parts[1]);
    }

    /** In lower case, without dashes and numbers of elements, and with a star in the place of an endpoint's name. */
    private static String uniform(ConfigurationPropertyName name) {
        String uniform = IntStream.range(0, name.getNumberOfElements())
                .filter(index -> !name.isNumericIndex(index))
                .mapToObj(index -> name.getElement(index, Form.UNIFORM))
                .collect(Collectors.joining("."));
        return uniform.replaceFirst("^(ackbox\\.endpoints|" + FIELDS + "|" + NUMBERS + ")\\.[^.]+", "$1.*");
    }
}
