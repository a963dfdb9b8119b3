package dev.ackbox.test;

import dev.ackbox.AckboxApplication;
import dev.ackbox.inbox.InboxUnavailableException;
import dev.ackbox.intake.Intake;
import dev.ackbox.intake.Receipt;
import dev.ackbox.sample.Sample;
import dev.ackbox.sample.SampleWriter;
import dev.ackbox.test.HandledRecord.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Ackbox in a test of handlers. A notification goes the way that it goes in production, through the same splitting, inbox, dispatch
 * and typed model. The ports, and with them the check of the signature, are left out, and so is what Spring Boot has for operation:
 * health, security, actuator endpoints and the meters of the JVM. The inbox is in memory, or in a temporary directory. Works with any test framework, and several may run in one JVM.
 *
 * <pre>{@code
 * try (AckboxTest ackbox = AckboxTest.start(Shop.class)) {
 *     ackbox.send(text("hello").from(user("Nadia").withoutNumber()));
 *     ackbox.awaitHandled();
 *     assertThat(ackbox.bean(Replies.class).sent()).containsExactly("You said: hello");
 * }
 * }</pre>
 *
 * <p>The clock stands still until the test moves it, so a retry comes when the test wants it to:
 *
 * <pre>{@code
 * ackbox.send(order("mug-blue", 2));      // the shop's database is down
 * ackbox.await();
 * assertThat(ackbox.failed()).hasSize(1);
 * ackbox.retryNow();                      // and up again
 * ackbox.awaitHandled();
 * }</pre>
 *
 * <p>Handlers, and whoever has a {@link Clock} injected, see that clock. A handler's time-out is measured in real time.
 */
public final class AckboxTest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ENDPOINT = "default";

    /** Packages of Spring Boot for those who operate Ackbox. In a test nobody does, and they take time to start. */
    private static final Pattern OPERATION = Pattern.compile(
            "org\\.springframework\\.boot\\.((actuate|health|security)\\."
                    + "|micrometer\\.metrics\\.autoconfigure\\.(export\\.prometheus|jvm|logging|ssl|startup|system|task)\\.).*");

    private final MovableClock clock;
    private final Journal journal;
    private final ConfigurableApplicationContext context;
    private final @Nullable Path directory;
    private final Intake intake;
    private final SampleWriter writer = SampleWriter.withMessageIds();

    private AckboxTest(
            MovableClock clock, Journal journal, ConfigurableApplicationContext context, @Nullable Path directory) {
        this.clock = clock;
        this.journal = journal;
        this.context = context;
        this.directory = directory;
        this.intake = context.getBean(Intake.class);
    }

    /**
     * Starts Ackbox with the inbox in memory.
     *
     * @param configurations configurations or components with handlers and what these need; auto-configurations on the class path
     *     are found without being named
     */
    public static AckboxTest start(Class<?>... configurations) {
        return with(configurations).start();
    }

    /** Like {@link #start}, with more to say before the start. */
    public static Setup with(Class<?>... configurations) {
        return new Setup(List.of(configurations));
    }

    /** What is said before the start. */
    public static final class Setup {

        private final List<Class<?>> configurations;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private Instant time = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        private boolean sqlite;

        private Setup(List<Class<?>> configurations) {
            this.configurations = configurations;
            settings.put("management.server.port", "-1");
            settings.put("ackbox.warm-up", "0s");
            settings.put("ackbox.dispatch.retry.jitter", "0");
            settings.put("ackbox.graph.access-token", "token-of-a-test");
            settings.put("ackbox.graph.retry-delay", "0s");
        }

        /** Sets a property, Ackbox's or the handlers' own. Retries have no jitter unless it is set. */
        public Setup setting(String name, Object value) {
            settings.put(name, value.toString());
            return this;
        }

        /** Sets the time at which the clock starts. Default: the current second. */
        public Setup at(Instant start) {
            this.time = start;
            return this;
        }

        /** Keeps the inbox in SQLite, in a temporary directory that is deleted in the end. Default: in memory. */
        public Setup onSqlite() {
            this.sqlite = true;
            return this;
        }

        /** Starts Ackbox, or fails as it would fail in production: by a wrong setting, or a handler of an impossible type. */
        public AckboxTest start() {
            Path directory = sqlite ? createDirectory() : null;
            if (directory != null) {
                settings.put("ackbox.inbox.sqlite.directory", directory.toString());
            }
            MovableClock clock = new MovableClock(time);
            TestBeans beans = new TestBeans(clock, directory == null);
            List<Class<?>> sources = new ArrayList<>(configurations);
            sources.add(0, AckboxApplication.class);
            SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
            application.setWebApplicationType(WebApplicationType.NONE);
            application.setBannerMode(Banner.Mode.OFF);
            application.setLogStartupInfo(false);
            application.setRegisterShutdownHook(false);
            application.setDefaultProperties(Map.of("spring.autoconfigure.exclude", operation()));
            application.addInitializers(context -> beans.register((GenericApplicationContext) context));
            try {
                return new AckboxTest(clock, beans.journal(), application.run(arguments()), directory);
            } catch (RuntimeException | Error ex) {
                delete(directory);
                throw ex;
            }
        }

        private static String operation() {
            return ImportCandidates.load(AutoConfiguration.class, AckboxTest.class.getClassLoader())
                    .getCandidates()
                    .stream()
                    .filter(OPERATION.asMatchPredicate())
                    .collect(Collectors.joining(","));
        }

        private String[] arguments() {
            return settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new);
        }

        private static Path createDirectory() {
            try {
                return Files.createTempDirectory("ackbox-test");
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /**
     * Sends samples in one notification, as Meta does with what happens at the same time. Returns when they are stored, which is
     * when Meta would be answered 200; handlers may still be at work.
     *
     * @return how many records are new, and how many were there before
     */
    public Receipt send(Sample... samples) {
        byte[] body;
        synchronized (writer) {
            body = writer.write(Arrays.asList(samples), clock.instant());
        }
        return send(body);
    }

    /** Sends a body as it is; see {@link #send(Sample...)}. */
    public Receipt send(byte[] body) {
        return sendTo(ENDPOINT, body);
    }

    /** Sends a body as it is, in UTF-8; see {@link #send(Sample...)}. */
    public Receipt send(String body) {
        return send(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the body in a file as it is; see {@link #send(Sample...)}. */
    public Receipt send(Path file) {
        try {
            return send(Files.readAllBytes(file));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Sends a body to the endpoint of a name, whose settings say what is done with it; see {@link #send(Sample...)}.
     *
     * @throws InboxUnavailableException where it cannot be stored
     */
    public Receipt sendTo(String endpoint, byte[] body) {
        Receipt receipt = intake.accept(endpoint, body.clone(), clock.instant());
        journal.stored(receipt.stored());
        return receipt;
    }

    /**
     * Waits up to 10 seconds until each record is handled.
     *
     * @throws AssertionError where a record has failed, is a dead letter or is not handled in time. The message says which and why;
     *     the cause is what the handler threw.
     */
    public void awaitHandled() {
        awaitHandled(PATIENCE);
    }

    /** Like {@link #awaitHandled()}, for another time. */
    public void awaitHandled(Duration atMost) {
        await(atMost);
        List<HandledRecord> unhandled = journal.records().stream()
                .filter(record -> record.state() != State.HANDLED)
                .toList();
        if (!unhandled.isEmpty()) {
            throw failure("Not every record is handled", lines(unhandled), unhandled);
        }
    }

    /**
     * Waits up to 10 seconds until nothing more happens unless the clock is moved: each record is handled, is a dead letter, or has
     * failed and waits for its next attempt.
     *
     * @throws AssertionError where that takes longer. The message says what is still in work, and where.
     */
    public void await() {
        await(PATIENCE);
    }

    /** Like {@link #await()}, for another time. */
    public void await(Duration atMost) {
        try {
            if (!journal.awaitRest(atMost)) {
                throw failure("Still at work after " + atMost, journal.unrest(), journal.records());
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for handlers", ex);
        }
    }

    private List<String> lines(List<HandledRecord> records) {
        return records.stream()
                .map(record -> Sentences.of(record, clock.instant()))
                .toList();
    }

    private static AssertionError failure(String summary, List<String> lines, List<HandledRecord> records) {
        String separator = System.lineSeparator() + "  - ";
        Throwable thrown = records.stream()
                .map(HandledRecord::exception)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new AssertionError(summary + ":" + separator + String.join(separator, lines), thrown);
    }

    /** The clock of Ackbox and of handlers. */
    public Clock clock() {
        return clock;
    }

    /** Moves the clock. Records whose next attempt is due then are attempted at once; {@link #await} waits for that. */
    public void advance(Duration duration) {
        clock.advance(duration);
    }

    /**
     * Moves the clock to the next attempt of a record that has failed, and waits until that has come to its end.
     *
     * @throws IllegalStateException where none has failed
     */
    public void retryNow() {
        await();
        Instant next = failed().stream()
                .map(HandledRecord::nextAttempt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("No record waits for another attempt"));
        clock.advance(Duration.between(clock.instant(), next));
        await();
    }

    /** All records that a handler was looked for so far, in order of arrival. */
    public List<HandledRecord> records() {
        return journal.records();
    }

    /** Those records that are handled. */
    public List<HandledRecord> handled() {
        return in(State.HANDLED);
    }

    /** Those records that have failed and wait for another attempt. */
    public List<HandledRecord> failed() {
        return in(State.FAILED);
    }

    /** Those records that are dead letters. */
    public List<HandledRecord> dead() {
        return in(State.DEAD);
    }

    private List<HandledRecord> in(State state) {
        return records().stream().filter(record -> record.state() == state).toList();
    }

    /** All calls of handlers that have come to their end, in that order. */
    public List<HandlerCall> calls() {
        return journal.calls();
    }

    /** The calls of one handler that have come to their end. */
    public List<HandlerCall> calls(String handler) {
        return calls().stream().filter(call -> call.handler().equals(handler)).toList();
    }

    /** Stands for Meta where a handler sends messages or downloads media. */
    public FakeMeta meta() {
        return context.getBean(FakeMeta.class);
    }

    /** A bean, such as one that a handler uses. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Lets handlers finish, and ends Ackbox. */
    @Override
    public void close() {
        try {
            context.close();
        } finally {
            delete(directory);
        }
    }

    private static void delete(@Nullable Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
