package dev.ackbox.benchmark;

import dev.ackbox.AckboxApplication;
import dev.ackbox.inbox.Archive;
import dev.ackbox.inbox.Backlog;
import dev.ackbox.inbox.Consumer;
import dev.ackbox.inbox.Replays;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ackbox, on request beside the controller that it is compared with, in one process, each on a port of its own, with the service's own settings from {@code
 * application.yml}. Talks with {@link ServerProcess} by lines on its standard input and output.
 */
final class BenchmarkServer {

    /** Begins each line that is for the other side; whatever else is printed is a log. */
    static final String PREFIX = "benchmark: ";

    /** Asks for the controller too. */
    static final String WITH_BARE = "with-bare";

    /** Asks for {@link ScenarioHandler}. */
    static final String WITH_SCENARIOS = "with-scenarios";

    /** Asks for an inbox that erases payloads as soon as they are handled. */
    static final String FORGETTING = "forgetting";

    /** Asks for records that cannot be found by message or user. */
    static final String WITHOUT_SUBJECTS = "without-subjects";

    /** Begins what comes next: {@code backup} or {@code replay}. */
    static final String BEGIN = "begin ";

    /** Ends that. */
    static final String END = "end";

    /** Asks for latencies in place of the state. */
    static final String UNTIL_HANDLED = "until-handled";

    static final String SECRET = "benchmark-secret";

    private BenchmarkServer() {}

    /**
     * Takes the directory of Ackbox's inbox, and {@link #WITH_BARE}, {@link #WITH_SCENARIOS}, {@link #FORGETTING}, {@link
     * #WITHOUT_SUBJECTS} or nothing; what begins with two hyphens is for Ackbox itself.
     */
    public static void main(String[] args) throws IOException {
        boolean withBare = List.of(args).contains(WITH_BARE);
        try (ConfigurableApplicationContext bare = withBare ? startBare() : null;
                ConfigurableApplicationContext ackbox = startAckbox(args[0], List.of(args))) {
            say("ports " + port(ackbox) + " " + (bare == null ? "0" : port(bare)));
            Consumer consumer = ackbox.getBean(Consumer.class);
            BackgroundWork work = null;
            CountingHandler handler = ackbox.getBean(CountingHandler.class);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(UNTIL_HANDLED)) {
                    sayUntilHandled(ackbox.getBean(ScenarioHandler.class).takeLatencies());
                    continue;
                }
                if (line.startsWith(BEGIN)) {
                    work = begin(line.substring(BEGIN.length()), ackbox, Path.of(args[0]));
                    say(BEGIN);
                    continue;
                }
                if (line.equals(END) && work != null) {
                    work.close();
                    say(work.result());
                    continue;
                }
                Backlog backlog = consumer.backlog();
                say("state " + handler.handled() + " " + backlog.waiting() + " " + backlog.dead() + " " + cpuNanos());
            }
        }
    }

    private static BackgroundWork begin(String name, ConfigurableApplicationContext ackbox, Path directory) {
        return switch (name) {
            case "backup" -> new Backup(ackbox.getBean(Archive.class), directory);
            case "replay" -> new FullSpeedReplay(ackbox.getBean(Replays.class));
            default -> throw new IllegalArgumentException("-Dbenchmark.beside must be backup or replay");
        };
    }

    private static void sayUntilHandled(Latencies latencies) {
        say(UNTIL_HANDLED + " " + latencies.millisAt(50) + " " + latencies.millisAt(99) + " "
                + latencies.millisAt(100));
    }

    private static void say(String line) {
        System.out.println(PREFIX + line);
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static ConfigurableApplicationContext startBare() {
        return new SpringApplicationBuilder(BareApplication.class)
                .profiles(BareApplication.PROFILE)
                .run(
                        "--server.port=0",
                        "--management.server.port=-1",
                        "--management.endpoint.health.validate-group-membership=false",
                        "--logging.level.root=warn");
    }

    private static ConfigurableApplicationContext startAckbox(String directory, List<String> options) {
        SpringApplicationBuilder application =
                new SpringApplicationBuilder(AckboxApplication.class, CountingHandler.class);
        if (options.contains(WITH_SCENARIOS)) {
            application.sources(ScenarioHandler.class);
        }
        if (options.contains(WITHOUT_SUBJECTS)) {
            application.sources(WithoutSubjects.class);
        }
        if (options.contains(FORGETTING)) {
            application.properties("ackbox.inbox.payload-retention=1s");
        }
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--logging.level.root=warn",
                "--ackbox.endpoints.default.verify-tokens=benchmark-token",
                "--ackbox.endpoints.default.app-secrets=" + SECRET,
                "--ackbox.inbox.sqlite.directory=" + directory));
        options.stream().filter(option -> option.startsWith("--")).forEach(arguments::add);
        return application.run(arguments.toArray(String[]::new));
    }

    private static String port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port");
    }
}
