package dev.ackbox.command;

import java.util.List;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/** The settings that a service started here would have, without a service: environment, {@code config/application.yml}, secrets in files. */
public final class Settings {

    private final ConfigurableEnvironment environment;

    private Settings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Reads them. */
    public static Settings read() {
        return of(new StandardEnvironment());
    }

    /** Those of an environment, with Ackbox's defaults and files. */
    public static Settings of(ConfigurableEnvironment environment) {
        environment.setConversionService(new ApplicationConversionService());
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return new Settings(environment);
    }

    /**
     * The settings below a name.
     *
     * @throws WrongSettingException where they cannot be; the message says which, and never a value
     */
    public <T> T bind(String name, Class<T> type) {
        try {
            return Binder.get(environment).bindOrCreate(name, type);
        } catch (BindException ex) {
            Throwable root = ex;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            // Ackbox's own messages begin with the setting and hold no value; a converter's may hold a secret.
            String said = String.valueOf(root.getMessage());
            throw new WrongSettingException(
                    said.startsWith("'ackbox.") ? said : "'" + ex.getName() + "' cannot be read");
        }
    }

    /** The verify tokens of the endpoint {@code default}, the current one first. */
    public List<String> verifyTokens() {
        return list("ackbox.endpoints.default.verify-tokens");
    }

    /** A single setting or variable; empty where it is not set. */
    public String get(String name) {
        return environment.getProperty(name, "");
    }

    /** Where they come from. */
    public ConfigurableEnvironment environment() {
        return environment;
    }

    private List<String> list(String name) {
        return Binder.get(environment).bind(name, Bindable.listOf(String.class)).orElse(List.of());
    }

    /** Settings do not let a command run. */
    public static final class WrongSettingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public WrongSettingException(String message) {
            super(message);
        }
    }
}
