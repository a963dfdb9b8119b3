package dev.ackbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ackbox.ServiceTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that send all of a large body before they read: each sees the answer that it was given at the beginning. */
@ServiceTest
class EarlyAnswerTests {

    private static final int ATTEMPTS = 10;
    private static final int TOO_LARGE = 5_000_000;

    @LocalServerPort
    private int port;

    @TempDir
    private Path directory;

    /** Programs that take a URL and a file, post the file, and print the status of the answer or their error. */
    enum Client {
        CURL(true, """
                exec curl --silent --show-error --output /dev/null --write-out '%{http_code}\\n' --header 'Expect:' \
                --header "$3" --data-binary @"$2" "$1" 2>&1
                """, "bash", "-c", "bash"),
        PYTHON(true, """
                import sys, urllib.error, urllib.request
                name, value = sys.argv[3].split(': ')
                request = urllib.request.Request(sys.argv[1], open(sys.argv[2], 'rb').read(), {name: value})
                try:
                    print(urllib.request.urlopen(request).status)
                except urllib.error.HTTPError as error:
                    print(error.code)
                except Exception as error:
                    print(error)
                """, "python3", "-c"),
        NODE(false, """
                const [url, file, header] = process.argv.slice(1);
                const body = require('fs').readFileSync(file);
                const [name, value] = header.split(': ');
                const request = require('http').request(url,
                    {method: 'POST', headers: {'Content-Length': body.length, [name]: value}},
                    answer => { console.log(answer.statusCode); answer.resume(); });
                request.on('error', error => console.log(error.code));
                request.end(body);
                """, "node", "-e");

        private final boolean required;
        private final List<String> command = new ArrayList<>();

        Client(boolean required, String script, String program, String option, String... name) {
            this.required = required;
            command.addAll(List.of(program, option, script));
            command.addAll(List.of(name));
        }

        List<String> command(String url, Path file, String header) {
            List<String> whole = new ArrayList<>(command);
            whole.addAll(List.of(url, file.toString(), header));
            return whole;
        }
    }

    @ParameterizedTest
    @EnumSource
    void thatABodyIsTooLargeIsSeen(Client client) throws Exception {
        assertThat(statuses(client, "X-Hub-Signature-256: sha256=" + "0".repeat(64)))
                .containsOnly("413");
    }

    @ParameterizedTest
    @EnumSource
    void thatASignatureIsMissingIsSeen(Client client) throws Exception {
        assertThat(statuses(client, "X-Other: 1")).containsOnly("401");
    }

    private List<String> statuses(Client client, String header) throws Exception {
        Path file = Files.write(directory.resolve("body"), new byte[TOO_LARGE]);
        List<String> command = client.command("http://127.0.0.1:" + port + "/webhooks/whatsapp", file, header);
        List<String> statuses = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            statuses.add(output(client, command));
        }
        return statuses;
    }

    private static String output(Client client, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException ex) {
            Assumptions.assumeTrue(client.required, client + " is not installed");
            throw ex;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
