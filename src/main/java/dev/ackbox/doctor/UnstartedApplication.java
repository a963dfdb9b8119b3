package dev.ackbox.doctor;

import dev.ackbox.AckboxApplication;
import dev.ackbox.command.Settings;
import java.util.Arrays;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The application as a service would have it, with handlers and settings declared and nothing created or begun: the inbox may belong to a
 * service that runs.
 */
final class UnstartedApplication implements AutoCloseable {

    private final Context context = new Context();

    /**
     * Reads the declarations.
     *
     * @throws RuntimeException as a service would fail to start: by a jar, a setting without a reader, or a value that cannot be
     */
    UnstartedApplication(Settings settings) {
        context.setEnvironment(settings.environment());
        new SpringApplication(AckboxApplication.class).getInitializers().forEach(this::initialize);
        context.getBeanFactory().setConversionService(settings.environment().getConversionService());
        context.register(AckboxApplication.class);
        context.refresh();
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        Arrays.stream(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
                .filter(name -> name.contains("dev.ackbox."))
                .forEach(beans::getBean);
    }

    @SuppressWarnings("unchecked") // those of a SpringApplication take any context
    private void initialize(ApplicationContextInitializer<?> initializer) {
        ((ApplicationContextInitializer<ConfigurableApplicationContext>) initializer).initialize(context);
    }

    ConfigurableListableBeanFactory beans() {
        return context.getBeanFactory();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Declares, and neither creates nor begins. */
    private static final class Context extends AnnotationConfigApplicationContext {

        @Override
        protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beans) {
            // The framework would create all beans here.
        }

        @Override
        protected void finishRefresh() {
            // And begin their lifecycle here.
        }
    }
}
