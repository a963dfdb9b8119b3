package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.ServiceTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Import;

/** Without a password: whatever is not open is off, even where somebody has exposed everything that there is. */
@ServiceTest({
    "management.endpoints.web.exposure.include=*",
    "ackbox.management.password=   ",
    "ackbox.endpoints.default.verify-tokens=the-token",
    "ackbox.endpoints.default.app-secrets=the-secret"
})
@Import(TinyEndpoint.Registration.class)
class ManagementPortWithoutPasswordTests {

    @LocalManagementPort
    private int port;

    @Autowired
    private ObjectProvider<TinyEndpoint> tiny;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/info",
                "/actuator/prometheus"
            })
    void healthBuildAndMetricsAreOpen(String path) throws Exception {
        assertThat(get(path, "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/actuator",
                TinyEndpoint.PATH,
                "/actuator/env",
                "/actuator/configprops",
                "/actuator/beans",
                "/actuator/metrics",
                "/error",
                "/login",
                "/webhooks/whatsapp"
            })
    void everythingElseIsOff(String path) throws Exception {
        assertIsOff(get(path, ""));
        for (String password : new String[] {"", "   ", "password"}) {
            assertIsOff(
                    get(path, "Authorization: " + ManagementPortTests.basic(ManagementUser.NAME, password) + "\r\n"));
        }
    }

    @Test
    void anEndpointForTheUserIsNotThere() {
        assertThat(tiny.getIfAvailable()).isNull();
    }

    @Nested
    class PublicPort extends PublicPortContract {}

    private static void assertIsOff(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 404")
                .doesNotContain("WWW-Authenticate")
                .contains("Content-Length: 0")
                .endsWith("\r\n\r\n");
    }

    private String get(String path, String header) throws Exception {
        return PublicPortContract.answer(port, "GET", path, header);
    }
}
