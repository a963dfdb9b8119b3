package dev.ackbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;

/**
 * Runs the service for a test class, on ports of its own and with its inbox in a directory of its own. The default endpoint takes
 * the token {@code token} and the secret {@code secret}, unless the properties say otherwise.
 */
@Tag("socket")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = ServiceTest.Defaults.class)
@DirtiesContext
@Timeout(60)
public @interface ServiceTest {

    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] value() default {};

    /** What application.yml asks the environment for. */
    final class Defaults implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            Path directory = createDirectory();
            context.getEnvironment()
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "serviceTest",
                            Map.of(
                                    "ACKBOX_DATA_DIR", directory.toString(),
                                    "ACKBOX_VERIFY_TOKEN", "token",
                                    "ACKBOX_APP_SECRET", "secret")));
            // The first to be registered is the last to be destroyed.
            ((DefaultListableBeanFactory) context.getBeanFactory())
                    .registerDisposableBean("serviceTestDirectory", () -> FileSystemUtils.deleteRecursively(directory));
        }

        private static Path createDirectory() {
            try {
                return Files.createTempDirectory("service-test");
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
