package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may have something written on the management port: the user, unless another site makes the user's browser ask for it. */
@ServiceTest({
    "management.endpoints.web.exposure.include=tiny",
    "management.endpoint.tiny.access=unrestricted",
    "ackbox.management.password=" + ManagementPortTests.PASSWORD,
    "ackbox.endpoints.default.verify-tokens=the-token",
    "ackbox.endpoints.default.app-secrets=the-secret"
})
@Import(TinyEndpoint.Registration.class)
class SameOriginTests {

    private static final String HOST = "ackbox.internal:8081";
    private static final String PASSWORD =
            "Authorization: " + ManagementPortTests.basic("ackbox", ManagementPortTests.PASSWORD) + "\r\n";

    private static final TestIssuer ISSUER = new TestIssuer();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @LocalManagementPort
    private int port;

    @Test
    void whatIsNotABrowserWrites() throws Exception {
        assertWrites(send("POST", PASSWORD));
        assertWrites(send("POST", bearer()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://ackbox.internal:8081",
                "Origin: https://ackbox.internal:8081", // TLS ends in front
                "Origin: http://ACKBOX.internal:8081",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Site: same-origin\r\nOrigin: http://ackbox.internal:8081",
                // What is in front may ask with a host of its own.
                "Sec-Fetch-Site: same-origin\r\nOrigin: https://ackbox.example"
            })
    void ownPagesWrite(String headers) throws Exception {
        assertWrites(send("POST", PASSWORD + headers + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: null",
                "Origin: ",
                "Origin: http://evil.example",
                "Origin: http://ackbox.internal",
                "Origin: http://ackbox.internal:8080",
                "Origin: http://evil.ackbox.internal:8081",
                "Origin: http://ackbox.internal:8081.evil.example",
                "Origin: http://evil.example/http://ackbox.internal:8081",
                "Origin: ftp://ackbox.internal:8081",
                "Origin: ackbox.internal:8081",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: ",
                "Sec-Fetch-Site: something-new",
                "Sec-Fetch-Site: cross-site\r\nOrigin: http://ackbox.internal:8081"
            })
    void otherSitesDoNotWriteWhateverTheyBring(String headers) throws Exception {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "STRANGE"}) {
            for (String credential : new String[] {PASSWORD, bearer(), ""}) {
                assertThat(send(method, credential + headers + "\r\n"))
                        .matches("(?s)HTTP/1\\.1 40[03] .*") // 400: no method that there is
                        .doesNotContain(TinyEndpoint.WRITTEN, "WWW-Authenticate");
            }
        }
        assertThat(send("POST", PASSWORD + headers + "\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("X-Content-Type-Options: nosniff", "Content-Length: 0\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"})
    void everybodyMayHaveTheUserRead(String headers) throws Exception {
        assertThat(send("GET", PASSWORD + headers + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains(TinyEndpoint.ANSWER)
                .doesNotContain("Access-Control-"); // without which no other site sees the answer
    }

    @Test
    void whoIsNotTheUserIsAskedAsEver() throws Exception {
        assertThat(send("POST", "Origin: http://" + HOST + "\r\n")).startsWith("HTTP/1.1 401");
    }

    private static void assertWrites(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .endsWith(TinyEndpoint.WRITTEN)
                .doesNotContain("Set-Cookie");
    }

    private static String bearer() {
        return "Authorization: Bearer " + ISSUER.token(claims -> {}) + "\r\n";
    }

    private String send(String method, String headers) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(method + " " + TinyEndpoint.PATH + " HTTP/1.1\r\nHost: " + HOST
                            + "\r\nConnection: close\r\nContent-Length: 0\r\n" + headers + "\r\n")
                    .readAll();
        }
    }
}
