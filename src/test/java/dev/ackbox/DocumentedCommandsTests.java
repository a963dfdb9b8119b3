package dev.ackbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ackbox.graph.Meta;
import dev.ackbox.graph.subscription.MetaAccounts;
import dev.ackbox.handler.Handler;
import dev.ackbox.handler.PermanentFailureException;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.model.messages.Content;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** Each command that the documentation shows is run: here, or by another test. Whatever cannot be run is listed, with the reason. */
@Tag("slow")
@Timeout(120)
@ServiceTest({
    "ackbox.management.password=" + DocumentedCommandsTests.PASSWORD,
    "ackbox.endpoints.default.app-secrets=" + Meta.SECRET,
    "ackbox.endpoints.bakery.path=/webhooks/bakery",
    "ackbox.endpoints.bakery.verify-tokens=token",
    "ackbox.endpoints.bakery.app-secrets=" + Meta.SECRET
})
class DocumentedCommandsTests {

    static final String PASSWORD = "correct-horse-battery";

    @RegisterExtension
    static final WireMockExtension META = Meta.server();

    /**
     * Commands that begin in one way.
     *
     * @param page empty for any
     * @param what which test runs them, why nobody does, or a part of what they print
     */
    private record Commands(String page, String begin, String what) {

        boolean has(DocumentedCommand command) {
            return (page.isEmpty() || page.equals(command.page()))
                    && command.text().startsWith(begin);
        }
    }

    private static final List<Commands> ELSEWHERE = List.of(
            new Commands("", "java -jar target/ackbox.jar simulate ", "SimulateDocumentationTests"),
            new Commands("operations.md", "java -jar ackbox.jar simulate ", "OperationsGuideTests"),
            new Commands("operations.md", "curl -i ", "OperationsGuideTests"),
            new Commands("operations.md", "printf ", "OperationsGuideTests"),
            new Commands("operator-api.md", "curl ", "OperatorApiDocumentationTests"),
            new Commands("operator-api.md", "java -jar ackbox.jar inbox stats", "OperatorWalkProcessTests"),
            new Commands("operator-api.md", "java -jar ackbox.jar inbox dead", "OperatorWalkProcessTests"),
            new Commands("operator-api.md", "java -jar ackbox.jar inbox show", "OperatorWalkProcessTests"),
            new Commands("operator-api.md", "java -jar ackbox.jar inbox requeue", "OperatorWalkProcessTests"),
            new Commands("subscriptions.md", "java -jar ackbox.jar ", "SubscriptionCommandsTests, by its transcripts"),
            new Commands("troubleshooting.md", "java -jar ackbox.jar doctor", "DoctorTests, by its transcripts"),
            new Commands("simulate.md", "openssl ", "SimulateDocumentationTests"),
            new Commands("simulate.md", "cat ", "SimulateDocumentationTests"),
            new Commands("supply-chain.md", "unzip ", "SupplyChainProcessTests"));

    private static final List<Commands> NOT_RUN = List.of(
            new Commands("", "docker ", "the tests have no container engine; Image does what the Dockerfile does"),
            new Commands("README.md", "./mvnw ", "the tests run within such a build; .ci/run builds the sample"),
            new Commands(
                    "README.md", "cp -r src/samples/", "needs the sample's build; OrderBotProcessTests makes that jar"),
            new Commands("fuzzing.md", "./mvnw -Pfuzz ", "takes minutes"),
            new Commands("benchmarks.md", "", "takes minutes to hours"));

    private static final String STARTED = "Started AckboxApplication in";

    private static final List<Commands> HERE = List.of(
            new Commands("README.md", "ACKBOX_VERIFY_TOKEN=… ACKBOX_APP_SECRET=… java -jar target/ackbox.jar", STARTED),
            new Commands("README.md", "ORDERBOT_SHOPURL=", STARTED),
            new Commands("operations.md", "ACKBOX_VERIFY_TOKEN=… ACKBOX_APP_SECRET=… ACKBOX_DATA_DIR=", STARTED),
            new Commands("first-message.md", "java -jar ackbox.jar doctor ", "the challenge is answered"),
            new Commands("first-message.md", "java -jar ackbox.jar subscriptions list", "4711 (yours)"),
            new Commands(
                    "first-message.md", "java -jar ackbox.jar subscriptions add ", "is subscribed to account 1016"),
            new Commands("first-message.md", "java -jar ackbox.jar", STARTED),
            new Commands("", "export ", ""),
            new Commands("troubleshooting.md", "ACKBOX_URL=", "the challenge is answered"),
            new Commands("solution-providers.md", "java -jar ackbox.jar overrides set ", "is set for account 1016"),
            new Commands("addresses.md", "java -jar ackbox.jar addresses refresh ", "has 1 ranges"),
            new Commands("addresses.md", "java -jar ackbox.jar on-premises settings get ", "webhooks.url"),
            new Commands("addresses.md", "java -jar ackbox.jar on-premises settings set ", "Changed"),
            new Commands("operations.md", "curl -X POST ", "\"success\": true"),
            new Commands("operator-api.md", "java -jar ackbox.jar inbox find ", "\"state\" : \"dead\""),
            new Commands("reference/management-login.md", "curl ", "\"consumers\""),
            new Commands("reference/reports.md", "curl ", "{\"dismissed\":\"ALCOHOL\",\"count\":1}"),
            new Commands("reference/database.md", "sqlite3 -readonly data/inbox.db \"VACUUM INTO ", ""),
            new Commands("reference/database.md", "sqlite3 -readonly data/inbox.db \"SELECT id", "no price list"),
            new Commands("reference/database.md", "sqlite3 -readonly data/inbox.db \"SELECT number", "no price list"),
            new Commands(
                    "reference/database.md",
                    "sqlite3 -readonly data/inbox.db \"SELECT body",
                    "whatsapp_business_account"));

    /** Runs the classes of this build in place of the jar. */
    private static final String SHELL = """
            java() {
              local options=()
              while [[ $1 == -X* ]]; do options+=("$1"); shift; done
              [[ $1 == -jar && $2 == *ackbox.jar ]] || return 64
              shift 2
              command "$JAVA" -XX:TieredStopAtLevel=1 "${options[@]}" -cp "$CLASSES" dev.ackbox.AckboxApplication "$@"
            }
            curl() { command curl -sS --fail-with-body "$@"; }
            """;

    private static final Pattern LEFT_OUT = Pattern.compile("\\b([A-Z_]+)=(?:…|\\.\\.\\.)(?=\\s|$)");

    @TempDir
    private Path directory;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    @Value("${ACKBOX_DATA_DIR}")
    private Path data;

    @Autowired
    private Consumer handlersConsumer;

    @TestConfiguration(proxyBeanMethods = false)
    static class Handlers {

        @Bean
        Handler<Content.Text> orders() {
            return (text, received) -> {
                throw new PermanentFailureException("no price list");
            };
        }
    }

    static List<DocumentedCommand> runHere() throws IOException {
        return DocumentedCommand.all().stream()
                .filter(command ->
                        Stream.of(ELSEWHERE, NOT_RUN).flatMap(List::stream).noneMatch(others -> others.has(command)))
                .toList();
    }

    @Test
    void theListsNameWhatIsThere() throws IOException {
        List<DocumentedCommand> all = DocumentedCommand.all();
        assertThat(all).hasSizeGreaterThan(70);
        assertThat(Stream.of(ELSEWHERE, NOT_RUN, HERE).flatMap(List::stream))
                .allSatisfy(commands -> assertThat(all).anyMatch(commands::has));
    }

    @BeforeEach
    void receive() throws Exception {
        new MetaAccounts(META);
        META.stubFor(get(urlPathEqualTo("/peering/geofeed"))
                .willReturn(aResponse().withBody("31.13.24.0/21,US,US-CA,Menlo Park,\n")));
        META.stubFor(any(urlPathEqualTo("/v1/settings/application"))
                .willReturn(Meta.answer(
                        200, "{\"settings\": {\"application\": {\"webhooks\": {\"url\": \"https://example.com\"}}}}")));
        SignedClient meta =
                new SignedClient(URI.create("http://127.0.0.1:" + port + "/webhooks/whatsapp"), Meta.SECRET);
        meta.post(Payloads.read("messages/text_full"));
        meta.post(new String(Payloads.read("account_update/account_violation"), StandardCharsets.UTF_8)
                .replace("211504987306412", MetaAccounts.ACCOUNT)
                .getBytes(StandardCharsets.UTF_8));
        await().until(() -> handlersConsumer.backlog().dead() == 1
                && handlersConsumer.backlog().waiting() == 0);
        Files.createSymbolicLink(directory.resolve("data"), data);
        Files.createDirectory(directory.resolve("backup"));
    }

    private static void requirePrograms(DocumentedCommand command) {
        for (String program : List.of("bash", "curl", "jq", "sha256sum", "sqlite3")) {
            boolean isUsed = program.equals("bash") || command.text().contains(program + " ");
            assumeTrue(
                    !isUsed || isInstalled(program),
                    "There is no " + program + " on the PATH: install it to run this test");
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @ParameterizedTest
    @MethodSource("runHere")
    void doesWhatThePageSays(DocumentedCommand command) throws Exception {
        requirePrograms(command);
        Commands rule = HERE.stream()
                .filter(commands -> commands.has(command))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("No test runs " + command + "\nSay here what it prints, or why not"));
        Path output = directory.resolve("output");
        Process process = start(command, output);
        try {
            if (rule.what().equals(STARTED)) {
                await().atMost(Duration.ofSeconds(100))
                        .until(() ->
                                !process.isAlive() || Files.readString(output).contains(STARTED));
            } else {
                assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
                // The doctor complains that the URL is of this machine.
                assertThat(process.exitValue())
                        .as("%s%n%s", command, Files.readString(output))
                        .isBetween(0, isDoctor(command) ? 1 : 0);
            }
            assertThat(output).content().contains(rule.what());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static boolean isDoctor(DocumentedCommand command) {
        return command.text().contains(" doctor");
    }

    private Process start(DocumentedCommand command, Path output) throws IOException {
        String here = LEFT_OUT.matcher(command.text())
                .replaceAll("$1=\"\\$$1\"")
                .replace("--verify-token ...", "--verify-token token")
                .replace("https://hooks.example.com", "http://localhost:" + port)
                .replace("https://graph.facebook.com", META.baseUrl())
                .replace("https://gateway.example.com", META.baseUrl())
                .replace("http://localhost:8081", "http://localhost:" + managementPort)
                .replace("ackbox.jar inbox ", "ackbox.jar inbox --url=http://localhost:" + managementPort + " ")
                .replace("102290129340398", MetaAccounts.ACCOUNT)
                .replace("/etc/ackbox/", directory + "/")
                .replace("/var/lib/ackbox", directory + "/var")
                .replace("4711", "1");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", SHELL + here)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = shell.environment();
        environment
                .keySet()
                .removeIf(name -> name.matches("(ACKBOX|SPRING|SERVER|MANAGEMENT|LOGGING|JAVA_TOOL|JDK_JAVA).*"));
        environment.putAll(Map.of(
                "JAVA",
                ProcessHandle.current().info().command().orElseThrow(),
                "CLASSES",
                classes(),
                "ACKBOX_VERIFY_TOKEN",
                "token",
                "ACKBOX_APP_SECRET",
                Meta.SECRET,
                "ACKBOX_ACCESS_TOKEN",
                Meta.TOKEN,
                "ACKBOX_ON_PREMISES_TOKEN",
                "token",
                "ACKBOX_MANAGEMENT_PASSWORD",
                PASSWORD,
                "ACKBOX_GRAPH_URL",
                META.baseUrl(),
                "ACKBOX_ADDRESSES_URL",
                META.baseUrl() + "/peering/geofeed"));
        environment.putAll(Map.of(
                "ACKBOX_DATA_DIR", directory + "/inbox",
                "ACKBOX_WARM_UP", "0s",
                "SERVER_PORT", "0",
                "MANAGEMENT_SERVER_PORT", "0"));
        return shell.start();
    }

    /** Without the settings of the tests. */
    private static String classes() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
