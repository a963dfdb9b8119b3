package dev.ackbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.context.WebApplicationContext;

/** What guards the management port is not on the public port: its answers are what Tomcat and the servlet make them. */
@Tag("socket")
abstract class PublicPortContract {

    private static final String HANDSHAKE =
            "/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=the-token&hub.challenge=1158201444";

    @LocalServerPort
    private int port;

    @Autowired
    private WebApplicationContext context;

    @Test
    void hasNoFilter() {
        assertThat(context.getServletContext().getFilterRegistrations()).isEmpty();
    }

    @Test
    void answersAHandshakeWithItsOwnHeadersAlone() throws Exception {
        assertThat(answer("GET", HANDSHAKE, ""))
                .matches("HTTP/1\\.1 200 \r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Cache-Control: no-store\r\n"
                        + "Content-Type: text/plain;charset=us-ascii\r\n"
                        + "Content-Length: 10\r\n"
                        + "Date: [^\r]+\r\n"
                        + "Connection: close\r\n\r\n"
                        + "1158201444");
    }

    @Test
    void answersANotificationWithoutASignatureWithAStatusAlone() throws Exception {
        assertThat(answer("POST", "/webhooks/whatsapp", "Content-Length: 0\r\n"))
                .matches(statusAlone(401));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/logout",
                "/error",
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/prometheus",
                "/actuator/tiny",
                "//",
                "//webhooks//whatsapp",
                "/webhooks/whatsapp;jsessionid=1",
                "/;/actuator/health",
                "/webhooks/./whatsapp",
                "/webhooks/%2e%2e/whatsapp",
                "/a%3Bb",
                "/a%25b",
                "/a%0Ab",
                "/a%E2%80%A8b"
            })
    void answersAnotherPathWithAStatusAlone(String path) throws Exception {
        for (String method : new String[] {"GET", "POST", "TRACE", "STRANGE"}) {
            assertThat(answer(method, path, "")).matches(statusAlone(404));
        }
    }

    /** Tomcat refuses these by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"/webhooks%2Fwhatsapp", "/webhooks/..%2factuator/health"})
    void leavesEncodedSlashesToTomcat(String path) throws Exception {
        assertThat(answer("GET", path, "")).matches(statusAlone(400));
    }

    @Test
    void hasNoUseForThePassword() throws Exception {
        assertThat(answer("GET", "/actuator/health", "Authorization: Basic YWNrYm94OndoYXRldmVy\r\n"))
                .matches(statusAlone(404));
    }

    static String statusAlone(int status) {
        return "HTTP/1\\.1 " + status
                + " \r\n(Connection: close\r\n)?Content-Length: 0\r\nDate: [^\r]+\r\n(Connection: close\r\n)?\r\n";
    }

    private String answer(String method, String path, String header) throws IOException {
        return answer(port, method, path, header);
    }

    static String answer(int port, String method, String path, String header) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n")
                    .readAll();
        }
    }
}
