package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ackbox.AckboxApplication;
import dev.ackbox.http.InvalidSettingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** How the service starts with a password, without one, and with one that cannot be. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
@Tag("socket")
class ManagementPasswordTests {

    @TempDir
    private Path directory;

    @Test
    void onesThatAreTooShortStopTheStart(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("ackbox.management.password=elevenchars"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("'ackbox.management.password' has fewer than 12 characters.")
                .contains("Set ACKBOX_MANAGEMENT_PASSWORD to a longer password")
                .doesNotContain("elevenchars");
    }

    @Test
    void onesThatCannotBeReadStopTheStart(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> start("ackbox.management.password=secret-part-${ackbox.management.password}-of-it"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("'ackbox.management.password' cannot be read")
                .doesNotContain("secret-part")
                .doesNotContain("of-it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "twelve-chars"})
    void noneIsMadeUp(String password, CapturedOutput output) {
        try (ConfigurableApplicationContext context = start("ackbox.management.password=" + password)) {
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(output).doesNotContainIgnoringCase("password").doesNotContain("twelve-chars");
    }

    /** What looks like a reference to another setting, but is none, stays as it is. */
    @Test
    void theyMayHaveAnyCharacters() {
        String password = "${a}#:\u00e9'\"\\ $b{";
        try (ConfigurableApplicationContext context = start("ackbox.management.password=" + password)) {
            assertThat(context.getBean(ManagementProperties.class).password()).isEqualTo(password);
            assertThat(context.getBeanProvider(TinyEndpoint.class).getIfAvailable())
                    .isNotNull();
        }
    }

    @Test
    void theyAreTakenFromTheShortNameToo() {
        try (ConfigurableApplicationContext context = start("ACKBOX_MANAGEMENT_PASSWORD=twelve-chars")) {
            assertThat(context.getBean(ManagementProperties.class).hasPassword())
                    .isTrue();
        }
    }

    @Test
    void whatIsExposedNeedsNoSettingOfItsOwn() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(WebEndpointProperties.class)
                            .getExposure()
                            .getInclude())
                    .containsExactly("health", "info", "prometheus", "whatsapp", "drift");
        }
    }

    @Test
    void theyAreNotPrinted() {
        assertThat(new ManagementProperties("twelve-chars", "SCOPE_ackbox"))
                .asString()
                .doesNotContain("twelve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void whatATokenHasToGrantIsNeverNothing(String authority) {
        try (ConfigurableApplicationContext context = start("ackbox.management.authority=" + authority)) {
            assertThat(context.getBean(ManagementProperties.class).authority()).isEqualTo("SCOPE_ackbox");
        }
    }

    /** It is no secret, so that the framework may show what it is. */
    @Test
    void anAuthorityThatCannotBeReadIsNotTakenForThePassword(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("ackbox.management.authority=${ackbox.management.authority}"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("ackbox.management.authority")
                .doesNotContain("ackbox.management.password");
    }

    /** Health and metrics would be served nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"", "18080"})
    void onePortForBothStopsTheStart(String managementPort) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> start("server.port=18080", "management.server.port=" + managementPort))
                .withMessageContaining("management.server.port");
    }

    /** A later setting replaces an earlier one. */
    private ConfigurableApplicationContext start(String... settings) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "management.server.port=0",
                                "ackbox.endpoints.default.verify-tokens=the-token",
                                "ackbox.endpoints.default.app-secrets=the-secret",
                                "ackbox.inbox.sqlite.directory=" + directory),
                        Stream.of(settings))
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> arguments.put(setting[0], setting[1]));
        return SpringApplication.run(
                new Class<?>[] {AckboxApplication.class, TinyEndpoint.Registration.class},
                arguments.entrySet().stream()
                        .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                        .toArray(String[]::new));
    }
}
