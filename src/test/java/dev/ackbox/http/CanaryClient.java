package dev.ackbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ackbox.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Asks both ports, with a canary in each place of a request that may hold one, and keeps what the public one answers. */
final class CanaryClient {

    private static final String HEADERS = "Host: x\r\nConnection: close\r\nX-Canary: " + Canaries.MARK + "\r\n";

    private final int publicPort;
    private final int managementPort;
    private final List<String> answers = new ArrayList<>();

    CanaryClient(int publicPort, int managementPort) {
        this.publicPort = publicPort;
        this.managementPort = managementPort;
    }

    /** All that the public port has answered. */
    List<String> answers() {
        return answers;
    }

    String get(String target) throws IOException {
        return exchange("GET " + target + " HTTP/1.1\r\n" + HEADERS + "\r\n");
    }

    String post(String path, byte[] body, String... headers) throws IOException {
        return exchange("POST " + path + "?q=" + Canaries.MARK + " HTTP/1.1\r\n" + HEADERS
                + "Content-Type: application/json; q=" + Canaries.MARK + "\r\nContent-Length: " + body.length + "\r\n"
                + lines(headers) + "\r\n" + new String(body, ISO_8859_1));
    }

    /** Sends exactly this. */
    String exchange(String request) throws IOException {
        try (RawHttp http = new RawHttp(publicPort)) {
            return keep(http.send(request).readAll());
        }
    }

    /** Sends exactly this, and says that nothing more will come. */
    String exchangeAndHangUp(String request) throws IOException {
        try (RawHttp http = new RawHttp(publicPort)) {
            http.send(request).shutdownOutput();
            return keep(http.readAll());
        }
    }

    private String keep(String answer) {
        answers.add(answer);
        return answer;
    }

    /** Asks the management port as its user. */
    String manage(String path) throws IOException {
        return manage("GET", path, "Basic " + base64("ackbox:" + Canaries.PASSWORD));
    }

    /** Asks the management port by HTTP/1.0, whose answers are not cut into chunks, and a canary with them. */
    String manage(String method, String target, String authorization) throws IOException {
        try (RawHttp http = new RawHttp(managementPort)) {
            return http.send(method + " " + target + " HTTP/1.0\r\n" + HEADERS + "Authorization: " + authorization
                            + "\r\n\r\n")
                    .readAll();
        }
    }

    /** Sends the management port JSON, as its user. */
    String send(String method, String path, String body) throws IOException {
        try (RawHttp http = new RawHttp(managementPort)) {
            return http.send(method + " " + path + " HTTP/1.0\r\n" + HEADERS + "Authorization: Basic "
                            + base64("ackbox:" + Canaries.PASSWORD)
                            + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.getBytes(UTF_8).length + "\r\n\r\n" + new String(body.getBytes(UTF_8), ISO_8859_1))
                    .readAll();
        }
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String lines(String... headers) {
        return Arrays.stream(headers).map(header -> header + "\r\n").collect(Collectors.joining());
    }
}
