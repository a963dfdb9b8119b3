package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.addresses.DailyRefresh;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AddressesMetersTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path directory;

    @Test
    void theAgeOfTheFileIsAMeter() throws IOException {
        Path file = Files.writeString(directory.resolve("meta.csv"), "31.13.24.0/21,US,,,\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        runner().withPropertyValues("ackbox.addresses.file=" + file).run(context -> {
            bind(context.getBeanProvider(DailyRefresh.class));
            assertThat(registry.get("ackbox.addresses.age").gauge().value()).isBetween(7_200.0, 7_260.0);
        });
    }

    @Test
    void withoutAFileNothingIsRefreshed() {
        runner().run(context -> {
            bind(context.getBeanProvider(DailyRefresh.class));
            assertThat(registry.getMeters()).isEmpty();
        });
    }

    private void bind(org.springframework.beans.factory.ObjectProvider<DailyRefresh> refresh) {
        new OpsConfiguration().addressesMeters(refresh).bindTo(registry);
    }

    private static ApplicationContextRunner runner() throws IllegalStateException {
        try {
            return new ApplicationContextRunner()
                    .withBean(java.time.Clock.class, java.time.Clock::systemUTC)
                    .withConfiguration(
                            UserConfigurations.of(Class.forName("dev.ackbox.addresses.AddressesConfiguration")));
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
