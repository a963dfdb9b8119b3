package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.ackbox.CapturedLog;
import dev.ackbox.RawHttp;
import dev.ackbox.ServiceTest;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What the open internet sends, against the running service: each is answered as HTTP and the table of answers say, without a
 * body, in time, without a trace of it in the log however much is logged, and without harm to whoever comes next.
 */
@ServiceTest({
    "ackbox.endpoints.default.verify-tokens=" + Attack.TOKEN,
    "ackbox.endpoints.default.app-secrets=" + Attack.SECRET,
    "ackbox.http.body-timeout=1s",
    "server.tomcat.connection-timeout=1s",
    "server.tomcat.keep-alive-timeout=1s",
    "logging.level.root=debug",
    "logging.level.dev.ackbox=trace"
})
@Timeout(30)
class AttackTests {

    /** The timeouts that are set above, and what a busy machine adds. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Pattern ANSWER =
            Pattern.compile("HTTP/1\\.1 (\\d{3}) ?[^\r\n]*\r\n((?:[!-9;-~]+:[^\r\n]*\r\n)*)\r\n", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private static CapturedLog log;

    @LocalServerPort
    private int port;

    private record Answer(String status, String headers, String body) {}

    @BeforeAll
    static void listen() {
        log = new CapturedLog();
    }

    @AfterAll
    static void stopListening() {
        log.close();
    }

    static Stream<Attack> attacks() {
        return Attacks.all();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isAnsweredAndLeavesNoTrace(Attack attack) throws IOException {
        log.forget();
        long start = System.nanoTime();
        List<Answer> answers = answersTo(attack);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(String.join(" ", answers.stream().map(Answer::status).toList()))
                .as(attack.toString())
                .matches(attack.answers());
        for (int i = 0; i < answers.size(); i++) {
            boolean last = i == answers.size() - 1;
            assertThat(answers.get(i).body()).isEqualTo(last ? attack.body() : "");
        }
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.headers()).doesNotContainIgnoringCase(Attack.CANARY, "server:", "tomcat"));
        assertThat(took).isLessThan(LONGEST);
        assertThat(genuine()).isEqualTo("200");
        assertThat(log.lines())
                .noneMatch(line -> line.text().toLowerCase(Locale.ROOT).contains(Attack.CANARY));
        if (!attack.answers().equals("200")) {
            // What came well signed before may become a dead letter at any time.
            assertThat(log.lines())
                    .noneMatch(line -> line.level().isGreaterOrEqual(Level.ERROR)
                            && !line.logger().startsWith("dev.ackbox.dispatch."));
            assertThat(log.lines()).noneMatch(line -> line.logger().startsWith("org.apache."));
        }
    }

    /** Otherwise the above would say nothing. */
    @Test
    void theLogIsListenedTo() {
        await().untilAsserted(() -> {
            answersTo(new Attack("signature", "missing", Attack.unsigned("{}"), "401"));
            assertThat(log.lines()).extracting(CapturedLog.Line::logger).contains(RefusalSamples.class.getName());
        });
    }

    private List<Answer> answersTo(Attack attack) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            try {
                http.send(attack.bytes());
                if (attack.halfCloses()) {
                    http.shutdownOutput();
                }
            } catch (SocketException ex) {
                // The server has heard enough; what it said counts.
            }
            return parse(http.readAll());
        }
    }

    /** Each byte that the server sent belongs to an answer. */
    private static List<Answer> parse(String received) {
        List<Answer> answers = new ArrayList<>();
        Matcher next = ANSWER.matcher(received);
        int at = 0;
        while (at < received.length()) {
            assertThat(next.find(at) && next.start() == at)
                    .as("an answer at %s of %s", at, received)
                    .isTrue();
            Matcher length = LENGTH.matcher(next.group(2));
            int end = length.find() ? next.end() + Integer.parseInt(length.group(1)) : received.length();
            if (next.group(1).equals("100")) {
                end = next.end();
            }
            assertThat(end).as(received).isLessThanOrEqualTo(received.length());
            answers.add(new Answer(next.group(1), next.group(2), received.substring(next.end(), end)));
            at = end;
        }
        return answers;
    }

    private String genuine() throws IOException {
        String body =
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\","
                        + "\"value\":{\"metadata\":{\"phone_number_id\":\"7\"},\"messages\":[{\"type\":\"text\",\"id\":\""
                        + UUID.randomUUID() + "\"}]}}]}]}";
        try (RawHttp http = new RawHttp(port)) {
            return parse(http.send(Attack.signed(body)).readAll()).get(0).status();
        }
    }
}
